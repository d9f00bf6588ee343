// Programs that are measured from outside, and measurements that need their own process.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../cli.js";

interface RunOptions {
  cwd?: string;
  /** Resolve even if the exit code isn't 0. */
  isFailureAllowed?: boolean;
  /** Show stderr while the program runs. By default, it's only part of the error. */
  showsProgress?: boolean;
}

/** Runs a program and returns how long it took. */
export function run(program: string, args: string[], options: RunOptions = {}) {
  const { cwd = root, isFailureAllowed = false, showsProgress = false } = options;
  return new Promise<{ ms: number; stdout: string }>((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, {
      cwd,
      stdio: ["ignore", "pipe", showsProgress ? "inherit" : "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 || isFailureAllowed) resolve({ ms: performance.now() - start, stdout });
      else reject(new Error(`${[program, ...args].join(" ")} exited with ${code}:\n${stdout}${stderr}`));
    });
  });
}

export const runNode = (args: string[], options?: RunOptions) => run(process.execPath, args, options);

/** Runs a TypeScript module of this folder with V8's flags, and returns the JSON that it prints. */
export async function runWorker<Output>(module: string, args: string[], flags: string[]): Promise<Output> {
  const file = fileURLToPath(new URL(module, import.meta.url));
  return JSON.parse(
    (await runNode([...flags, "--import", "tsx", file, ...args], { showsProgress: true })).stdout,
  );
}

/** Prints progress on stderr, if that's a terminal. Each line replaces the one before. */
export function printProgress(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progress}`);
}
