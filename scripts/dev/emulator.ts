// The emulator of the development server: the built command as a child process, so that a rebuild replaces its code.
import { join } from "node:path";
import { root, UserError } from "../cli.js";
import { type RunningProcess, startNode } from "../process.js";
import { createTempFolder } from "../temp.js";

export interface DevEmulator {
  /** `http://127.0.0.1:4020/v1`: the client's `baseUrl`. */
  url: string;
  port: number;
  /** Runs the code of the last build, with the same port and the same customers. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the emulator. `onLine` gets its request log. */
export async function startEmulator(port: number, onLine: (line: string) => void): Promise<DevEmulator> {
  const temporary = await createTempFolder("emulator");
  const state = join(temporary.path, "state.json");
  let { running, url } = await runEmulator(port, state, onLine);
  const ownPort = Number(new URL(url).port);
  const stop = () => {
    running.stop();
    return running.result;
  };
  return {
    url,
    port: ownPort,
    async restart() {
      await stop();
      ({ running, url } = await runEmulator(ownPort, state, onLine));
    },
    async close() {
      await stop();
      await temporary.remove();
    },
  };
}

function runEmulator(
  port: number,
  state: string,
  onLine: (line: string) => void,
): Promise<{ running: RunningProcess; url: string }> {
  const args = [join(root, "dist/cli.js"), "emulator", "--port", String(port), "--state", state];
  return new Promise((resolve, reject) => {
    let url: string | undefined;
    let isLogging = false;
    const running = startNode(args, {
      // The lines before the last one of its greeting explain the emulator. The development server has its own summary.
      onLine(line) {
        if (isLogging) return onLine(line);
        url ??= /^OnePay emulator: (\S+)$/.exec(line)?.[1];
        isLogging = line === "Ctrl-C stops it.";
        if (isLogging && url !== undefined) resolve({ running, url });
      },
    });
    running.result.then(
      ({ stderr }) => reject(new UserError(stderr.trim() || "It ended before it listened.")),
      reject,
    );
  });
}
