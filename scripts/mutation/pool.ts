// Runs mutants in several processes: Prism uses one core only.
import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { MutantResult } from "./run.js";

const program = fileURLToPath(new URL("worker.ts", import.meta.url));

/** Runs the mutants 0 to `count - 1`. Calls `onProgress` with the number of finished mutants. */
export async function runAllMutants(
  count: number,
  onProgress: (done: number) => void,
): Promise<MutantResult[]> {
  const results: MutantResult[] = new Array(count);
  let next = 0;
  let done = 0;
  const work = (child: ChildProcess) =>
    new Promise<void>((resolve, reject) => {
      let current = -1;
      child.on("message", (message: MutantResult | "ready") => {
        if (message !== "ready") {
          results[current] = message;
          done += 1;
          onProgress(done);
        }
        current = next;
        next += 1;
        if (current < count) child.send(current);
        else child.disconnect();
      });
      child.on("error", reject);
      child.on("exit", (code) =>
        code === 0
          ? resolve()
          : reject(new Error(`The process that ran mutant ${current} exited with code ${code}.`)),
      );
    });
  const children = Array.from({ length: Math.min(availableParallelism(), 8) }, () => fork(program));
  try {
    await Promise.all(children.map(work));
  } finally {
    for (const child of children) if (child.exitCode === null) child.kill();
  }
  return results;
}
