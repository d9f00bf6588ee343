// The version of the specification (info.version).
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isScalar, parseDocument } from "yaml";
import { UserError } from "../cli.js";

/** Writes the version to spec/openapi.yaml, or to the file that its `info` refers to. */
export async function writeInfoVersion(folder: string, version: string): Promise<void> {
  const root = join(folder, "spec/openapi.yaml");
  const reference = parseDocument(await readFile(root, "utf8")).getIn(["info", "$ref"]);
  const file = typeof reference === "string" ? join(dirname(root), reference) : root;
  const text = await readFile(file, "utf8");
  const node = parseDocument(text).getIn(file === root ? ["info", "version"] : ["version"], true);
  if (!isScalar(node) || !node.range)
    throw new UserError(`${file} has no version. Add "version: 0.1.0" to the info object.`);
  // Only the version is replaced, so that the file keeps its comments, line breaks and quotes.
  const [start, end] = node.range;
  const value = text.slice(start, end).replace(String(node.value), version);
  await writeFile(file, `${text.slice(0, start)}${value}${text.slice(end)}`);
}
