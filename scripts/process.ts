// Runs programs as child processes.
import { execFile, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { root, UserError } from "./cli.js";

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

/** Runs a command in a folder and returns what it printed. If it fails, the error has its message. */
export function run(folder: string, program: string, ...args: string[]): Promise<string> {
  // On Windows, npm is a shell script. No argument contains a character that is special in a shell.
  const shell = process.platform === "win32" && program === "npm";
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: folder, maxBuffer: 2 ** 28, shell }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const reason = stripVTControlCharacters(stderr || stdout || error.message).trim();
      reject(new UserError(`"${[program, ...args].join(" ")}" failed:\n${reason}`));
    });
  });
}

const require = createRequire(import.meta.url);

/** The file behind a package's command, such as `@redocly/cli/bin/cli.js`. */
export const programFile = (path: string): string => require.resolve(path);

// These packages don't export their programs.
const vitest = join(dirname(programFile("vitest/package.json")), "vitest.mjs");
const nativeTypeScript = join(dirname(programFile("@typescript/native/package.json")), "bin/tsc");

/** Runs tests with Vitest. */
export const startVitest = (args: string[], options: ProcessOptions): RunningProcess =>
  startNode([vitest, "run", ...args], options);

/** Runs TypeScript 7, which checks the project in a third of the time. Tools that need the compiler's API use 5.9. */
export const startTypeScript = (args: string[]): RunningProcess => startNode([nativeTypeScript, ...args]);
