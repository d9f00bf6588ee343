// Builds the published package into dist/, with tsdown.
import { stripVTControlCharacters } from "node:util";
import { build } from "tsdown";
import { root, UserError } from "../cli.js";

export async function buildPackage(): Promise<void> {
  try {
    await build({ cwd: root, logLevel: "silent" });
  } catch (error) {
    throw new UserError(`The build failed: ${stripVTControlCharacters((error as Error).message)}`);
  }
}
