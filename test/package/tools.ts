// The runtimes, compilers and bundlers: installed from a lock of their own, found by the machine they run on.
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { npm } from "./npm.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const modules = join(folder, "node_modules");

/** Installs them, unless what is there was installed from this very lock. */
export async function installTools(): Promise<void> {
  const lock = join(folder, "package-lock.json");
  const installed = join(modules, "installed-from.json");
  if (existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(lock, "utf8")) return;
  await npm(folder, "ci");
  copyFileSync(lock, installed);
}

/** A file of a tool that is JavaScript, so it runs everywhere. */
export const tool = (path: string): string => join(modules, path);

/** The Node.js of this major; `undefined` where there is none for this machine. */
export function node(major: number): string | undefined {
  const installed = join(modules, `node-${major}`, "bin/node");
  if (existsSync(installed)) return installed;
  return process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined;
}

// Straight from the package of the platform: the wrappers named `bun` and `deno` need an install script.
const binaries = {
  bun: "@oven/bun-linux-x64/bin/bun",
  deno: "@deno/linux-x64-glibc/deno",
  workerd: "@cloudflare/workerd-linux-64/bin/workerd",
};

/** Bun, Deno or workerd; `undefined` where none is installed, since it is not for this machine. */
export function runtime(name: keyof typeof binaries): string | undefined {
  const installed = join(modules, binaries[name]);
  return existsSync(installed) ? installed : undefined;
}

/** The machine's own Chromium: the one that `CHROMIUM` names, or the first in the PATH. */
export const chromium = (): string | undefined =>
  process.env.CHROMIUM ??
  (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((place) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(place, name)))
    .find(existsSync);

/** The binary, or a skipped test that says why. With CI set nothing is skipped. */
export function needed(context: TestContext, name: string, binary: string | undefined): string {
  if (binary) return binary;
  const missing = `There is no ${name} for ${process.platform}-${process.arch}`;
  if (process.env.CI) throw new Error(`${missing}, and with CI set no consumer may be skipped.`);
  return context.skip(missing);
}
