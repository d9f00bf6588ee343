// Runs the contract tests with Vitest.
import { type ProcessOptions, type RunningProcess, startVitest } from "../process.js";

/** What the locked cases run against: the mock server or the emulator. */
export type ContractTarget = "prism" | "emulator";

const testsOf: Record<ContractTarget, string[]> = {
  prism: ["test/contract"],
  emulator: ["test/emulator/contract.test.ts"],
};

export const isContractTarget = (name: string): name is ContractTarget => Object.hasOwn(testsOf, name);

export const startContractTests = (
  options: ProcessOptions,
  target: ContractTarget = "prism",
): RunningProcess => startVitest(testsOf[target], options);
