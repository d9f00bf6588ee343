// The runtimes, compilers and bundlers. They're installed from their own lock file, for the machine that they run on.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { installPackages } from "../install-packages.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const modules = join(folder, "node_modules");

export const installTools = (): void => installPackages(folder);

/** The path of a tool's file or package. */
export const toolPath = (path: string): string => join(modules, path);

/** The Node.js of a major version, or `undefined` if there's none for this machine. */
export function nodeBinary(major: number): string | undefined {
  const installed = join(modules, `node-${major}`, "bin/node");
  if (existsSync(installed)) return installed;
  return process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined;
}

// From the platform's package: the packages `bun` and `deno` need an install script.
const binaries = {
  bun: "@oven/bun-linux-x64/bin/bun",
  deno: "@deno/linux-x64-glibc/deno",
  workerd: "@cloudflare/workerd-linux-64/bin/workerd",
};

/** Bun, Deno or workerd, or `undefined` if there's none for this machine. */
export function runtimeBinary(name: keyof typeof binaries): string | undefined {
  const installed = join(modules, binaries[name]);
  return existsSync(installed) ? installed : undefined;
}

/** Returns the binary, or skips the test with the reason. If CI is set, nothing is skipped. */
export function requireBinary(context: TestContext, name: string, binary: string | undefined): string {
  if (binary) return binary;
  const missing = `There's no ${name} for ${process.platform}-${process.arch}.`;
  if (process.env.CI) throw new Error(`${missing} With CI set, no test may be skipped.`);
  return context.skip(missing);
}
