// The other two sides of the contract: a mock and a client that are broken on purpose must be noticed as well.
import { brokenClients } from "./client.js";
import { brokenMocks } from "./mock.js";

export interface Side {
  name: string;
  /** How many defects were tried. */
  broken: number;
  /** Those that no case noticed, and those that can no longer be made. */
  unnoticed: string[];
}

export const brokenSides = async (): Promise<Side[]> => [await brokenMocks(), await brokenClients()];
