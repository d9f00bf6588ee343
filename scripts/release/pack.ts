// The tarball that npm packs.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../process.js";

export interface Tarball {
  /** Path of the file. */
  path: string;
  /** Bytes of the file. */
  size: number;
  /** Bytes of its content. */
  unpackedSize: number;
  files: { path: string; size: number }[];
}

/** Builds the package in `folder` and packs it into the folder `destination`. */
export async function pack(folder: string, destination: string): Promise<Tarball> {
  await mkdir(destination, { recursive: true });
  // .npmrc switches scripts off, and the package's `prepack` script builds it.
  const scripts = "--ignore-scripts=false";
  const printed = await run(folder, "npm", "pack", "--json", scripts, "--pack-destination", destination);
  // The output of prepack comes first. The list that npm prints is the last part, and its line starts with "[".
  const [packed] = JSON.parse(printed.slice(printed.search(/^\[\s*\{/m))) as [Tarball & { filename: string }];
  const { filename, size, unpackedSize, files } = packed;
  return { path: join(destination, filename), size, unpackedSize, files };
}
