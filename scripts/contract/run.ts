// Runs the contract tests with Vitest.
import { dirname, join } from "node:path";
import { type ProcessOptions, programFile, type RunningProcess, startNode } from "../process.js";

/** What the locked cases run against: the mock server or the emulator. */
export type ContractTarget = "prism" | "emulator";

const testsOf: Record<ContractTarget, string[]> = {
  prism: ["--project", "contract"],
  emulator: ["--project", "emulator", "test/emulator/contract.test.ts"],
};

export const isContractTarget = (name: string): name is ContractTarget => Object.hasOwn(testsOf, name);

// Vitest doesn't export its program.
const vitest = join(dirname(programFile("vitest/package.json")), "vitest.mjs");

export const startContractTests = (
  options: ProcessOptions,
  target: ContractTarget = "prism",
): RunningProcess => startNode([vitest, "run", ...testsOf[target]], options);
