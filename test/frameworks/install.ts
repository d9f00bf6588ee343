// Builds the package, and installs the frameworks from their own lock file.
import { fileURLToPath } from "node:url";
import { buildPackage } from "../../scripts/build/package.js";
import { installPackages } from "../install-packages.js";

export default async function setup(): Promise<void> {
  installPackages(fileURLToPath(new URL(".", import.meta.url)));
  await buildPackage();
}
