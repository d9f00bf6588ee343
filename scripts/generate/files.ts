// The files that follow from a document: made in memory, compared, written.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { root, shown } from "../cli.js";
import { bundle } from "./document.js";
import type { Language } from "./language.js";
import type { Document } from "./openapi.js";
import { operations } from "./operations.js";

export interface Generated {
  document: Document;
  /** Text by file name. */
  files: Map<string, string>;
  /** Operations without a flat method, each with the reason. */
  left: string[];
}

/** Every file that follows from the document, by name. Nothing is written. */
export async function generate(spec: string, folder: string, language: Language): Promise<Generated> {
  const bundling = bundle(spec, language);
  // The compiler takes half a second to load: that passes while Redocly's own processes read the document.
  const [document, { types }] = await Promise.all([bundling, import("./types.js")]);
  const { text: schema, names } = types(document);
  const typesModule = relative(folder, join(root, "src/types.js")).replaceAll("\\", "/");
  const { text, left } = operations(
    document,
    names,
    typesModule.startsWith(".") ? typesModule : `./${typesModule}`,
  );
  const files = new Map([
    ["openapi.json", `${JSON.stringify(document, null, 2)}\n`],
    [
      "schema.ts",
      `// Made by \`npm run generate\` from the document in spec/. Do not edit: change the document, then generate.\n${schema}`,
    ],
    ["operations.ts", text],
  ]);
  return { document, files, left };
}

/** The files in `folder` that are not what the document makes. */
export async function differing(folder: string, files: Map<string, string>): Promise<string[]> {
  const changed: string[] = [];
  for (const [name, text] of files) {
    const path = join(folder, name);
    if ((await readFile(path, "utf8").catch(() => undefined)) !== text) changed.push(shown(path));
  }
  return changed;
}

// Aside first, renamed at the end: whoever reads the folder meanwhile, or after a fault, finds the old files whole.
export async function write(folder: string, files: Map<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const aside = (name: string) => join(folder, `.${name}.${process.pid}`);
  try {
    for (const [name, text] of files) await writeFile(aside(name), text);
    for (const name of files.keys()) await rename(aside(name), join(folder, name));
  } finally {
    for (const name of files.keys()) await rm(aside(name), { force: true });
  }
}
