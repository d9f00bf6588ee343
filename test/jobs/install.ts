// Installs the queues before the first test file is loaded, since the files import them.
import { fileURLToPath } from "node:url";
import { installPackages } from "../install-packages.js";
import { missingPostgres, postgresFolder } from "./postgres.js";

export default function setup(): void {
  if (postgresFolder() === undefined) {
    process.stderr.write(`${missingPostgres}\n`);
    process.exit(1);
  }
  installPackages(fileURLToPath(new URL(".", import.meta.url)));
}
