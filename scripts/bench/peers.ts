// The clients that people would use instead. They are installed here alone, and only when a benchmark needs them.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root, shown, UserError } from "../cli.js";
import { run } from "./processes.js";

/** Where the peers' own package.json and node_modules stand. */
export const peersFolder = join(root, "scripts/bench/peers");

/** Name → version of the peers; the version is undefined where a peer is not installed. */
export async function installedPeers(): Promise<Record<string, string | undefined>> {
  const versions: Record<string, string | undefined> = {};
  for (const name of Object.keys(await wanted())) {
    versions[name] = (await manifest(join(peersFolder, "node_modules", name)))?.version;
  }
  return versions;
}

/** Installs the peers as their lock file says, where they are not there already. */
export async function installPeers(): Promise<void> {
  const installed = await installedPeers();
  if (Object.entries(await wanted()).every(([name, version]) => installed[name] === version)) return;
  process.stderr.write(`Installing the clients to compare with in ${shown(peersFolder)}.\n`);
  try {
    await run("npm", ["ci"], { cwd: peersFolder });
  } catch (error) {
    throw new UserError(
      `They could not be installed, so nothing can be compared. ${(error as Error).message}`,
    );
  }
}

const wanted = async (): Promise<Record<string, string>> => (await manifest(peersFolder))?.dependencies ?? {};

/** The package.json of a folder. */
export async function manifest(
  folder: string,
): Promise<{ version: string; dependencies?: Record<string, string> } | undefined> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}
