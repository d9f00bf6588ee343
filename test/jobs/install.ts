// Installs the queues before the first test file is loaded, since the files import them.
import { fileURLToPath } from "node:url";
import { installPackages } from "../install-packages.js";

export default function setup(): void {
  installPackages(fileURLToPath(new URL(".", import.meta.url)));
}
