// The emulator as a process, so that it can be stopped and started again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmulatorState, FaultKind, FaultOptions, RecordedRequest } from "../../src/emulator/index.js";
import { type Program, root, start } from "./project.js";
import { waitUntil } from "./wait.js";

export interface EmulatorProcess {
  /** The environment variables that the client reads. */
  readonly env: Record<string, string>;
  pid(): number;
  injectFault(kind: FaultKind, options?: FaultOptions): Promise<void>;
  state(): Promise<EmulatorState>;
  /** Since the start or the last restart. */
  requests(): Promise<RecordedRequest[]>;
  /** Stops the emulator and starts it with the state that it saved, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startEmulator({ keepsState = true } = {}): Promise<EmulatorProcess> {
  const folder = mkdtempSync(join(tmpdir(), "onepay-emulator-"));
  const stateArgs = keepsState ? ["--state", join(folder, "state.json")] : [];
  let { program, url } = await launch("0");

  async function launch(port: string): Promise<{ program: Program; url: string }> {
    const args = ["emulator", "--quiet", "--port", port, ...stateArgs];
    const launched = start(join(root, "dist/cli.js"), args, {});
    const urlOf = () => /http:\/\/127\.0\.0\.1:\d+/.exec(launched.output())?.[0];
    await waitUntil("the emulator's URL", () => urlOf() !== undefined);
    return { program: launched, url: urlOf() ?? "" };
  }

  async function control(path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${url}/_emulator/${path}`, {
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }

  async function end(): Promise<void> {
    program.process.kill("SIGTERM");
    await program.ended;
  }

  return {
    env: { ONEPAY_API_KEY: "sk_test_jobs", ONEPAY_BASE_URL: `${url}/v1` },
    pid: () => Number(program.process.pid),
    async injectFault(kind, options = {}) {
      await control("faults", { kind, ...options });
    },
    state: async () => (await control("state")) as EmulatorState,
    requests: async () => (await control("requests")) as RecordedRequest[],
    async restart() {
      await end();
      const before = url;
      ({ program, url } = await launch(new URL(url).port));
      if (url !== before) throw new Error(`The emulator moved from ${before} to ${url}.`);
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
