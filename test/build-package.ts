// Builds the package that some tests import, unless it's built already, as `npm test` does.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildPackage } from "../scripts/build/package.js";
import { root } from "../scripts/cli.js";

export default async function setup(): Promise<void> {
  if (!existsSync(join(root, "dist/index.js"))) await buildPackage();
}
