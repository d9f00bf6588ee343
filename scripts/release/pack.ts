// The tarball, as npm makes it.
import { join } from "node:path";
import { run } from "./child.js";

export interface Tarball {
  /** Where it was written. */
  path: string;
  /** Bytes of the file itself. */
  size: number;
  /** Bytes of what is in it. */
  unpackedSize: number;
  files: { path: string; size: number }[];
}

/** Builds the package in `folder` and packs it into the folder `destination`. */
export async function pack(folder: string, destination: string): Promise<Tarball> {
  // .npmrc lets no script run by itself, and that includes the package's own `prepack`, which builds.
  const scripts = "--ignore-scripts=false";
  const printed = await run(folder, "npm", "pack", "--json", scripts, "--pack-destination", destination);
  // What prepack prints comes first; the list that npm prints is the last thing that begins a line with "[".
  const [packed] = JSON.parse(printed.slice(printed.search(/^\[\s*\{/m))) as [Tarball & { filename: string }];
  const { filename, size, unpackedSize, files } = packed;
  return { path: join(destination, filename), size, unpackedSize, files };
}
