// Runs a process and returns what it printed.
import { execFile } from "node:child_process";
import { homedir } from "node:os";

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Milliseconds. */
  timeout?: number;
}

/** Runs a program. If it exits with another code than 0, the error contains its output. */
export function run(
  program: string,
  args: string[],
  { cwd, env = {}, timeout = 120_000 }: RunOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { cwd, env: { ...cleanEnvironment(), ...env }, timeout, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${[program, ...args].join(" ")}\n${stdout}${stderr}`));
        else resolve(stdout);
      },
    );
  });
}

/** Without the variables that npm and vitest set: a user doesn't have them. */
const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: homedir(),
  TMPDIR: process.env.TMPDIR,
  SystemRoot: process.env.SystemRoot,
  NO_COLOR: "1",
  TZ: "UTC",
});
