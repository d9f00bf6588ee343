// Spreads the mutants over the cores: Prism is single-threaded, and half of its time goes into compiling schemas.
import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Catch } from "./hunt.js";

const program = fileURLToPath(new URL("worker.ts", import.meta.url));

/** Hunts mutants 0 to `count - 1`, telling `progress` of each that is done. */
export async function huntAll(count: number, progress: (done: number) => void): Promise<Catch[]> {
  const results: Catch[] = new Array(count);
  let next = 0;
  let done = 0;
  const work = (child: ChildProcess) =>
    new Promise<void>((resolve, reject) => {
      let current = -1;
      child.on("message", (message: Catch | "ready") => {
        if (message !== "ready") {
          results[current] = message;
          done += 1;
          progress(done);
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
          : reject(new Error(`The worker on mutant ${current} ended with code ${code}.`)),
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
