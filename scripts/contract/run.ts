// Runs the contract tests with Vitest.
import { type ProcessOptions, programFile, type RunningProcess, startNode } from "../process.js";

export const startContractTests = (options: ProcessOptions): RunningProcess =>
  startNode([programFile("vitest/vitest.mjs"), "run", "--project", "contract"], options);
