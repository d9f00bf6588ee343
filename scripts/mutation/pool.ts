// Runs mutants in several processes: Prism uses one core only.
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { MutantResult } from "./run.js";

const program = fileURLToPath(new URL("worker.ts", import.meta.url));

/** Runs all mutants of the document. Calls `onProgress` with the number of finished mutants. */
export async function runAllMutants(
  count: number,
  onProgress: (done: number) => void,
): Promise<MutantResult[]> {
  const results = new Map<number, MutantResult>();
  const processes = Math.min(availableParallelism(), 8);
  const children = Array.from({ length: processes }, (_, share) =>
    fork(program, [String(share), String(processes)]),
  );
  const finished = children.map(
    (child) =>
      new Promise<void>((resolve, reject) => {
        child.on("message", ({ index, result }: { index: number; result: MutantResult }) => {
          results.set(index, result);
          onProgress(results.size);
        });
        child.on("error", reject);
        child.on("exit", (code) =>
          code === 0 ? resolve() : reject(new Error(`A process that runs mutants exited with code ${code}.`)),
        );
      }),
  );
  try {
    await Promise.all(finished);
  } finally {
    for (const child of children) child.kill();
  }
  return Array.from({ length: count }, (_, index) => results.get(index) as MutantResult);
}
