// The frameworks, from their own lock file.
import { fileURLToPath } from "node:url";
import { installPackages } from "../install-packages.js";

export const install = (): void => installPackages(fileURLToPath(new URL(".", import.meta.url)));
