// The version that the document states about itself: read from the bundle, written where a person would write it.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isScalar, parseDocument } from "yaml";
import { UserError } from "../cli.js";

export async function writeInfoVersion(folder: string, version: string): Promise<void> {
  const root = join(folder, "spec/openapi.yaml");
  const elsewhere = parseDocument(await readFile(root, "utf8")).getIn(["info", "$ref"]);
  const file = typeof elsewhere === "string" ? join(dirname(root), elsewhere) : root;
  const text = await readFile(file, "utf8");
  const node = parseDocument(text).getIn(file === root ? ["info", "version"] : ["version"], true);
  if (!isScalar(node) || !node.range)
    throw new UserError(`${file} states no version. Put "version: 0.1.0" into the document's info.`);
  // Spliced, not printed anew: the file keeps its comments, its line breaks and its quotes.
  const [start, end] = node.range;
  const value = text.slice(start, end).replace(String(node.value), version);
  await writeFile(file, `${text.slice(0, start)}${value}${text.slice(end)}`);
}
