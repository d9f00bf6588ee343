// Runs programs as child processes.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./cli.js";

export interface ProcessResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface ProcessOptions {
  cwd?: string;
  /** Added to this process's environment. */
  env?: Record<string, string>;
  /** `capture` returns the output, `inherit` prints it. */
  output?: "capture" | "inherit";
  /** Called with each captured line. */
  onLine?: (line: string) => void;
}

export interface RunningProcess {
  result: Promise<ProcessResult>;
  stop(): void;
}

/** Starts a Node.js program. The result resolves when the program has ended, with any exit code. */
export function startNode(
  args: string[],
  { cwd = root, env = {}, output = "capture", onLine }: ProcessOptions = {},
): RunningProcess {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", ...(output === "inherit" ? ["inherit", "inherit"] : ["pipe", "pipe"])] as "pipe"[],
  });
  const captured = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      captured[name] += text;
    });
    if (child[name] && onLine) createInterface({ input: child[name] }).on("line", onLine);
  }
  return {
    result: new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? 1, ...captured }));
    }),
    stop: () => child.kill(),
  };
}

const require = createRequire(import.meta.url);

/** The file behind a package's command, such as `@redocly/cli/bin/cli.js`. */
export const programFile = (path: string): string => require.resolve(path);

// Vitest doesn't export its program.
const vitest = join(dirname(programFile("vitest/package.json")), "vitest.mjs");

/** Runs tests with Vitest. */
export const startVitest = (args: string[], options: ProcessOptions): RunningProcess =>
  startNode([vitest, "run", ...args], options);
