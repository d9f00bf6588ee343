// Programs measured from outside, and measurements that need a process of their own.
import { fork, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../cli.js";

interface Place {
  cwd?: string;
  env?: Record<string, string>;
}

/** Runs a program to its end; anything but exit code 0 is an error that shows what it printed. */
export function run(
  program: string,
  args: string[],
  { cwd = root, env }: Place = {},
): Promise<{ ms: number; stdout: string }> {
  return new Promise((settle, reject) => {
    const start = performance.now();
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      printed += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) settle({ ms: performance.now() - start, stdout });
      else reject(new Error(`${[program, ...args].join(" ")} ended with ${code}:\n${printed}`));
    });
  });
}

export const node = (args: string[], place?: Place) => run(process.execPath, args, place);

/** Peak memory in MB of a Node program: of its largest process, and of all its processes added up. */
export async function peakMemory(
  args: string[],
  place: Place = {},
): Promise<{ largest: number; sum: number }> {
  const folder = await mkdtemp(join(tmpdir(), "onepay-bench-"));
  try {
    const file = join(folder, "peaks");
    await node(args, { ...place, env: { ...place.env, NODE_OPTIONS: `--import ${onExit(file)}` } });
    const peaks = (await readFile(file, "utf8")).trim().split("\n").map(Number);
    return { largest: Math.max(...peaks) / 1024, sum: peaks.reduce((sum, peak) => sum + peak, 0) / 1024 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// The kernel's own peak of this program: maxRSS also holds what the process was before it became this program.
const onExit = (file: string): string =>
  `data:text/javascript,${encodeURIComponent(`
    import { appendFileSync, readFileSync } from "node:fs";
    process.on("exit", () => {
      let peak = process.resourceUsage().maxRSS;
      try {
        peak = Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
      } catch {}
      appendFileSync(${JSON.stringify(file)}, peak + "\\n");
    });`)}`;

interface Start {
  flags?: string[];
  tell?: (progress: string) => void;
}

/** Calls a module of this folder in a process of its own, so that flags and other parts' garbage do not matter. */
export async function inProcess<Output>(module: string, input: unknown, start: Start = {}): Promise<Output> {
  const { output, stop } = await startProcess<Output>(module, input, start);
  stop();
  return output;
}

/** The same with a process that goes on, such as a server, until it is stopped. */
export function startProcess<Output>(
  module: string,
  input: unknown,
  { flags = [], tell = () => {} }: Start = {},
): Promise<{ output: Output; stop: () => void }> {
  return new Promise((settle, reject) => {
    const file = fileURLToPath(new URL(module, import.meta.url));
    const child = fork(file, { cwd: root, execArgv: ["--import", "tsx", ...flags] });
    child.on("message", (message: { progress: string } | { output: Output }) => {
      if ("progress" in message) tell(message.progress);
      else settle({ output: message.output, stop: () => child.kill() });
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${module} ended with ${code} before it had a result.`)));
    child.send(input as object);
  });
}

/** The other end of the two: what the module does with its input. */
export function answer<Input, Output>(
  work: (input: Input, tell: (progress: string) => void) => Promise<Output>,
): void {
  process.once("message", async (input) => {
    const output = await work(input as Input, (progress) => process.send?.({ progress }));
    process.send?.({ output });
  });
}
