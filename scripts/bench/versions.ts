// Which versions were measured: a figure without them says little.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli.js";

const peers = join(root, "scripts/bench/peers");

export async function versions(): Promise<Record<string, string>> {
  const found: Record<string, string> = { node: process.versions.node };
  const folders: [string, string][] = [
    ["onepay-client", root],
    ["openapi-fetch", join(root, "node_modules/openapi-fetch")],
    ...["ky", "axios", "dodopayments"].map((name): [string, string] => [
      name,
      join(peers, "node_modules", name),
    ]),
    ...["openapi-typescript", "typescript", "esbuild"].map((name): [string, string] => [
      name,
      join(root, "node_modules", name),
    ]),
  ];
  for (const [name, folder] of folders) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
    if (text) found[name] = (JSON.parse(text) as { version: string }).version;
  }
  return found;
}
