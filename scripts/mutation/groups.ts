// Besides the document, the contract has two other parts: the mock server and the client. They have mutants too.
import { runClientMutants } from "./client.js";
import { runMockMutants } from "./mock.js";

export interface MutantGroup {
  name: string;
  /** The number of mutants. */
  mutants: number;
  /** Mutants that no case detected, and those that couldn't be created. */
  undetected: string[];
}

export const runGroups = async (): Promise<MutantGroup[]> => [
  await runMockMutants(),
  await runClientMutants(),
];
