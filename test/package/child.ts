// Runs a real process and gives what it printed.
import { execFile } from "node:child_process";
import { homedir } from "node:os";

export interface Place {
  cwd: string;
  env?: Record<string, string>;
}

/** A process that ends with another code than 0 is an error that holds all it printed. */
export function run(program: string, args: string[], { cwd, env = {} }: Place): Promise<string> {
  return new Promise((settle, reject) => {
    execFile(
      program,
      args,
      { cwd, env: { ...clean(), ...env }, timeout: 120_000, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${[program, ...args].join(" ")}\n${stdout}${stderr}`));
        else settle(stdout);
      },
    );
  });
}

// What npm and vitest put into the environment is theirs, and no consumer has it.
const clean = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: homedir(),
  TMPDIR: process.env.TMPDIR,
  SystemRoot: process.env.SystemRoot,
  NO_COLOR: "1",
  TZ: "UTC",
});
