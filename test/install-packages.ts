// Installs the packages of a folder that has its own lock file, such as test/frameworks.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Installs them, unless the installed ones are from this lock file. */
export function installPackages(folder: string): void {
  const lock = join(folder, "package-lock.json");
  const installed = join(folder, "node_modules/installed-from.json");
  if (existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(lock, "utf8")) return;
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, shell: process.platform === "win32" });
  copyFileSync(lock, installed);
}
