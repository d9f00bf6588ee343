// The contract tests, run from the bench.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../cli.js";

export interface ContractRun {
  /** Resolves with the exit code. */
  done: Promise<number>;
  stop(): void;
}

export function runContractTests(line: (text: string) => void): ContractRun {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", "--project", "contract"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", line);
  return {
    done: new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1))),
    stop: () => child.kill(),
  };
}
