// Which versions were measured: a figure without them says little.
import { join } from "node:path";
import { root } from "../cli.js";
import { installedPeers, manifest } from "./peers.js";

export async function versions(): Promise<Record<string, string>> {
  const found: Record<string, string> = { node: process.versions.node };
  const add = (name: string, version: string | undefined) => {
    if (version) found[name] = version;
  };
  add("onepay-client", (await manifest(root))?.version);
  for (const name of ["openapi-fetch", "openapi-typescript", "typescript", "esbuild"]) {
    add(name, (await manifest(join(root, "node_modules", name)))?.version);
  }
  for (const [name, version] of Object.entries(await installedPeers())) add(name, version);
  return found;
}
