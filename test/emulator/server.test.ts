// The built command as a real process.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { listen } from "../../scripts/mock.js";
import { OnePay } from "../../src/index.js";
import { ana } from "./client.js";

const command = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

interface Run {
  readonly child: ChildProcess;
  /** Resolves when the server listens or the process has ended. */
  readonly started: Promise<string>;
  readonly ended: Promise<{ exitCode: number | null; output: string }>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [command, "emulator", ...args]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  const ended = new Promise<{ exitCode: number | null; output: string }>((resolve) => {
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
  const started = new Promise<string>((resolve) => {
    const add = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Ctrl-C stops it.")) resolve(output);
    };
    child.stdout.on("data", add);
    child.stderr.on("data", add);
    child.on("close", () => resolve(output));
  });
  return { child, started, ended };
}

const urlIn = (output: string): string => /OnePay emulator: (\S+)\/v1/.exec(output)?.[1] ?? output;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "onepay-emulator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("npx onepay-client emulator", () => {
  test("loses a response over HTTP: the client retries, and one customer exists", async () => {
    const url = urlIn(await run("--port", "0").started);
    const onepay = new OnePay({ apiKey: "sk_test_emulator", baseUrl: `${url}/v1` });
    const fault = { operation: "createCustomer", kind: "lose-response" };
    await fetch(`${url}/_emulator/faults`, { method: "POST", body: JSON.stringify(fault) });
    const { data, attempts } = await onepay.customers.create(ana).withResponse();
    expect(attempts).toBe(2);
    expect(await onepay.customers.list().toArray({ limit: 10 })).toEqual([data]);
    const requests = await (await fetch(`${url}/_emulator/requests`)).json();
    expect(requests).toMatchObject([{ fault: "lose-response" }, { isReplay: true, status: 201 }, {}]);
    await fetch(`${url}/_emulator/reset`, { method: "POST" });
    expect(await onepay.customers.list().toArray({ limit: 10 })).toEqual([]);
  });

  test("saves the state on Ctrl-C, leaves no other file, and loads it at the next start", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "state.json");
    const first = run("--port", "0", "--state", file);
    const options = { apiKey: "sk_test_emulator" };
    const url = urlIn(await first.started);
    const created = await new OnePay({ ...options, baseUrl: `${url}/v1` }).customers.create(ana);
    first.child.kill("SIGINT");
    expect((await first.ended).exitCode).toBe(0);
    expect(readdirSync(folder)).toEqual(["state.json"]);
    const again = urlIn(await run("--port", "0", "--state", file).started);
    const onepay = new OnePay({ ...options, baseUrl: `${again}/v1` });
    expect(await onepay.customers.get(created.id)).toEqual(created);
  });

  test("prints one message for a broken state file, and doesn't change it", async () => {
    const file = join(temporaryFolder(), "state.json");
    writeFileSync(file, "{broken");
    const { exitCode, output } = await run("--state", file).ended;
    expect(exitCode).toBe(1);
    expect(output).toBe(`Can't load the state from ${file}: it isn't JSON. The file is unchanged.\n`);
    expect(readFileSync(file, "utf8")).toBe("{broken");
  });

  test("uses the next free port if the port is taken, and prints that", async () => {
    const other = createServer();
    const port = await listen(other, 0);
    onTestFinished(() => void other.close());
    const output = await run("--port", String(port)).started;
    expect(output).toContain(`Port ${port} is taken.`);
    expect(urlIn(output)).not.toContain(`:${port}`);
  });

  test.each([
    [["--port", "x"], "--port must be a whole number from 0 to 65535."],
    [["--colour"], "Unknown option '--colour'"],
  ])("prints one message for %j and exits with 1", async (args, message) => {
    const { exitCode, output } = await run(...args).ended;
    expect(exitCode).toBe(1);
    expect(output).toContain(message);
  });
});
