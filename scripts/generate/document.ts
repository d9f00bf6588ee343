// From the files a person wrote to one bundle, or to a message that says where they are wrong.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import methodName from "../../spec/rules/method-name/rule.js";
import { root, shown, UserError } from "../cli.js";
import { findingLine, findings, redocly } from "../redocly.js";
import { inLanguage, type Language } from "./language.js";
import { type Document, operationsOf } from "./openapi.js";

// What any document must hold before a client can be made from it; our own style is `npm run lint`'s concern.
const config = join(root, "scripts/generate/redocly.yaml");

/** The document as one bundle in one language. */
export const bundle = async (file: string, language: Language = "en"): Promise<Document> =>
  inLanguage(await bundleOfAll(file), language);

/** The document as one bundle with both languages in it. */
export async function bundleOfAll(file: string): Promise<Document> {
  if (!existsSync(file))
    throw new UserError(`There is no file ${shown(file)}. Name an OpenAPI document with --spec.`);
  const folder = await mkdtemp(join(tmpdir(), "onepay-bundle-"));
  try {
    const output = join(folder, "openapi.json");
    const run = await redocly(["bundle", file, "--config", config, "--output", output]);
    const text = run.code === 0 ? await readFile(output, "utf8") : "";
    const document = text ? (JSON.parse(text) as Document) : undefined;
    if (!document || isDoubtful(document, text)) {
      const found = await findings(file, config);
      if (found.length > 0) throw new UserError(found.map(findingLine).join("\n"));
    }
    if (!document) throw new UserError(run.stderr.trim());
    if (!/^3\.1\./.test(document.openapi ?? "")) {
      throw new UserError(
        `${shown(file)}:1:1  openapi  The document says openapi: ${document.openapi}; this generator reads OpenAPI 3.1.`,
      );
    }
    return document;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// The linter takes as long as the bundling, so it runs only where it may find something; it then has the last word
// and names the lines. This asks the bundle what redocly.yaml beside it asks the files, and rather too much than too
// little: unresolved references fail the bundling itself.
function isDoubtful(document: Document, text: string): boolean {
  const operations = [...operationsOf(document)];
  const ids = [...text.matchAll(/"operationId": *"(.*?)"/g)].map(([, id]) => id);
  let doubtful = ids.length !== operations.length || new Set(ids).size !== ids.length;
  const location = { child: () => location };
  const report = () => {
    doubtful = true;
  };
  const { Operation } = methodName();
  for (const { operation } of operations) Operation(operation, { report, location });
  return doubtful;
}
