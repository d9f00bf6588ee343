// Docs that a test file builds once.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildDocs } from "../../scripts/docs/build.js";
import { createTempFolder } from "../../scripts/temp.js";

/** A part of the document in a page. */
// biome-ignore lint/suspicious/noExplicitAny: the document is read from the text of a page, so no type states its form. A part that's missing fails the test.
export type Any = any;

export interface BuiltDocs {
  folder: string;
  /** A file of the folder. Before the build, it has other.txt. */
  read(name: string): string;
  remove(): Promise<void>;
}

export async function build(spec?: string): Promise<BuiltDocs> {
  const { path: folder, remove } = await createTempFolder("docs-test");
  await writeFile(join(folder, "other.txt"), "Not of the docs.");
  await buildDocs({ out: folder, ...(spec && { spec }) });
  return { folder, read: (name) => readFileSync(join(folder, name), "utf8"), remove };
}

/** The document that a page shows, with everything that the docs add to it. */
export const shownIn = (page: string): Any =>
  JSON.parse(/const __redoc_definition = (.*);\n/.exec(page)?.[1] ?? "{}");
