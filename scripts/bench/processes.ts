// Programs that are measured from outside, and measurements that need their own process.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../cli.js";

interface RunOptions {
  cwd?: string;
  /** Resolve even if the exit code isn't 0. */
  isFailureAllowed?: boolean;
}

/** Runs a program and returns how long it took. Its stderr is shown. */
export function run(
  program: string,
  args: string[],
  { cwd = root, isFailureAllowed = false }: RunOptions = {},
) {
  return new Promise<{ ms: number; stdout: string }>((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 || isFailureAllowed) resolve({ ms: performance.now() - start, stdout });
      else reject(new Error(`${[program, ...args].join(" ")} exited with ${code}:\n${stdout}`));
    });
  });
}

export const runNode = (args: string[], options?: RunOptions) => run(process.execPath, args, options);

/** Runs a TypeScript module of this folder with V8's flags, and returns the JSON that it prints. */
export async function runWorker<Output>(module: string, args: string[], flags: string[]): Promise<Output> {
  const file = fileURLToPath(new URL(module, import.meta.url));
  return JSON.parse((await runNode([...flags, "--import", "tsx", file, ...args])).stdout);
}

/** Prints progress on stderr, if that's a terminal. Each line replaces the one before. */
export function printProgress(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progress}`);
}
