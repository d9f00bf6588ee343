// Starts `redocly proxy`, which records the requests and responses that pass through it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { UserError } from "../cli.js";
import { programFile } from "../process.js";

export interface RecordingProxy {
  url: string;
  /** Stops the proxy. It writes the recording while it stops. */
  stop(): Promise<void>;
}

/** Why the API didn't respond. The proxy then returns a 502 with this text, and records nothing. */
export function proxyFailure(body: unknown): string | undefined {
  const start = "Proxy error: ";
  return typeof body === "string" && body.startsWith(start) ? body.slice(start.length) : undefined;
}

export async function startProxy(target: string, har: string): Promise<RecordingProxy> {
  const args = [
    programFile("@redocly/cli/bin/cli.js"),
    "proxy",
    "--target",
    target,
    "--port",
    "0",
    "--har",
    har,
  ];
  const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" };
  const child = spawn(process.execPath, args, {
    // Not in the checkout: Redocly would load its configuration and our rules, and a proxy needs neither.
    cwd: dirname(har),
    env: { ...process.env, ...quiet },
    stdio: ["ignore", "pipe", "pipe"],
    // In another process group, so that Ctrl-C reaches only this command, and the proxy ends after the last request.
    detached: true,
  });
  const closed = once(child, "close");
  // If this process ends early, the proxy must end too.
  const kill = () => child.kill("SIGINT");
  process.once("exit", kill);
  let output = "";
  const listening = new Promise<string | undefined>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => {
        output += text;
        const [, url] = /Proxy listening on (\S+)\s/.exec(output) ?? [];
        if (url !== undefined) resolve(url);
      });
    closed.then(() => resolve(undefined));
  });
  const url = await listening;
  if (url === undefined) throw new UserError(`redocly proxy didn't start:\n${output.trim()}`);
  return {
    url,
    async stop() {
      process.off("exit", kill);
      child.kill("SIGINT");
      await closed;
    },
  };
}
