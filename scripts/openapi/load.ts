// The bundled OpenAPI document that the mock server, the docs and the tests read.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli.js";
import type { Document } from "./document.js";

export const documentFile = join(root, "generated/openapi.json");

export async function readDocument(file = documentFile): Promise<Document> {
  return JSON.parse(await readFile(file, "utf8")) as Document;
}
