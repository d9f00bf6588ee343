// Runs before all tests: packs the package and installs the tarball in projects outside of the checkout.
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { root } from "../../scripts/cli.js";
import { pack, type Tarball } from "../../scripts/release/pack.js";
import { npm } from "./npm.js";
import { installTools } from "./tools.js";

declare module "vitest" {
  interface ProvidedContext {
    tarball: Tarball;
    /** The folder of the consumers. Each has its own folder, with the package installed. */
    consumers: string;
  }
}

const here = fileURLToPath(new URL(".", import.meta.url));

/** Each folder with a package.json is a consumer. */
const names = readdirSync(here).filter((name) => existsSync(join(here, name, "package.json")));

export default async function setup({ provide }: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "onepay-client-consumers-"));
  await timed("install the tools", installTools);
  const tarball = await timed("pack the package", () => pack(root, folder));
  await timed("install the consumers", () => install(folder, tarball));
  provide("tarball", tarball);
  provide("consumers", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

async function install(folder: string, tarball: Tarball): Promise<void> {
  for (const name of [...names, "programs", ".npmrc"])
    cpSync(join(here, name), join(folder, name), { recursive: true });
  // The dependency is packed from the checkout as well, so that the consumers need no network.
  const packed = ["openapi-fetch", "openapi-typescript-helpers"];
  for (const name of packed) await npm(folder, "pack", "--silent", join(root, "node_modules", name));
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".tgz"))) {
    const plain = join(folder, name).replace(/-\d+\.\d+\.\d+\.tgz$/, ".tgz");
    renameSync(join(folder, name), plain);
  }
  tarball.path = join(folder, "onepay-client.tgz");
  const dependencies = Object.fromEntries(packed.map((name) => [name, `file:${name}.tgz`]));
  const project = { name: "consumers", private: true, workspaces: names, dependencies };
  writeFileSync(join(folder, "package.json"), JSON.stringify(project, null, 2));
  await npm(folder, "install", "--offline");
}

async function timed<T>(step: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  process.stdout.write(`${((performance.now() - start) / 1000).toFixed(1)} s: ${step}\n`);
  return result;
}
