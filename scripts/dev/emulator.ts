// The emulator of the development server: the built command as a child process, so that a rebuild replaces its code.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root, UserError } from "../cli.js";
import { createTempFolder } from "../temp.js";

export interface DevEmulator {
  /** `http://127.0.0.1:4020/v1`: the client's `baseUrl`. */
  url: string;
  port: number;
  /** Runs the code of the last build, with the same port and the same customers. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

interface RunningEmulator {
  child: ChildProcess;
  url: string;
}

/** Starts the emulator. `onLine` gets its request log. */
export async function startEmulator(port: number, onLine: (line: string) => void): Promise<DevEmulator> {
  const temporary = await createTempFolder("emulator");
  const state = join(temporary.path, "state.json");
  let running = await runEmulator(port, state, onLine);
  const { url } = running;
  const ownPort = Number(new URL(url).port);
  return {
    url,
    port: ownPort,
    async restart() {
      await stop(running.child);
      running = await runEmulator(ownPort, state, onLine);
    },
    async close() {
      await stop(running.child);
      await temporary.remove();
    },
  };
}

function runEmulator(port: number, state: string, onLine: (line: string) => void): Promise<RunningEmulator> {
  const args = [join(root, "dist/cli.js"), "emulator", "--port", String(port), "--state", state];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let url: string | undefined;
    let isLogging = false;
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
      if (isLogging) onLine(text.trimEnd());
    });
    // The lines before the last one of its greeting explain the emulator. The development server has its own summary.
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (isLogging) return onLine(line);
      url ??= /^OnePay emulator: (\S+)$/.exec(line)?.[1];
      isLogging = line === "Ctrl-C stops it.";
      if (isLogging && url !== undefined) resolve({ child, url });
    });
    child.on("error", reject);
    child.on("close", () => reject(new UserError(errors.trim() || "It ended before it listened.")));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("close", () => resolve());
    child.kill("SIGTERM");
  });
}
