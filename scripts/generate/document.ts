// From the files a person wrote to one bundle, or to a message that says where they are wrong.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, shown, UserError } from "../cli.js";
import { findingLine, findings, redocly } from "../redocly.js";
import { inLanguage, type Language } from "./language.js";
import type { Document } from "./openapi.js";

// What any document must hold before a client can be made from it; our own style is `npm run lint`'s concern.
const config = join(root, "scripts/generate/redocly.yaml");

/** The document as one bundle in one language. */
export async function bundle(file: string, language: Language = "en"): Promise<Document> {
  if (!existsSync(file))
    throw new UserError(`There is no file ${shown(file)}. Name an OpenAPI document with --spec.`);
  const folder = await mkdtemp(join(tmpdir(), "onepay-bundle-"));
  try {
    const output = join(folder, "openapi.json");
    const [found, run] = await Promise.all([
      findings(file, config),
      redocly(["bundle", file, "--config", config, "--output", output]),
    ]);
    if (found.length > 0) throw new UserError(found.map(findingLine).join("\n"));
    if (run.code !== 0) throw new UserError(run.stderr.trim());
    const document = JSON.parse(await readFile(output, "utf8")) as Document;
    if (!/^3\.1\./.test(document.openapi ?? "")) {
      throw new UserError(
        `${shown(file)}:1:1  openapi  The document says openapi: ${document.openapi}; this generator reads OpenAPI 3.1.`,
      );
    }
    return inLanguage(document, language);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
