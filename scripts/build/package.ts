// The package as its users get it: dist/, made by tsdown.
import { stripVTControlCharacters } from "node:util";
import { build } from "tsdown";
import { root, UserError } from "../cli.js";

export async function buildPackage(): Promise<void> {
  try {
    await build({ cwd: root, logLevel: "silent" });
  } catch (error) {
    throw new UserError(`The client does not build: ${stripVTControlCharacters((error as Error).message)}`);
  }
}
