// The frameworks, from their own lock file.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Installs the frameworks, unless the installed ones are from this lock file. */
export function install(): void {
  const lock = join(folder, "package-lock.json");
  const installed = join(folder, "node_modules/installed-from.json");
  if (existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(lock, "utf8")) return;
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, shell: process.platform === "win32" });
  copyFileSync(lock, installed);
}
