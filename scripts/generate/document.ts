// Reads an OpenAPI document: bundles its files, or reports what is wrong with file and line.
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { root, shown, UserError } from "../cli.js";
import type { Document } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { type Finding, findingLine, findings, redocly } from "../redocly.js";
import { withTempFolder } from "../temp.js";
import { namesOf } from "./collect.js";
import { inLanguage, type Language } from "./language.js";
import { normalize } from "./normalize.js";

// Only what a client needs. The style of our own document is checked by `npm run lint`.
const config = join(root, "scripts/generate/redocly.yaml");

/** The document as one bundle in one language. */
export const bundle = async (file: string, language: Language = "en"): Promise<Document> =>
  inLanguage(await bundleOfAll(file), language);

/** The document as one bundle, with the texts of both languages. */
export async function bundleOfAll(file: string): Promise<Document> {
  if (!(await isFile(file))) {
    throw new UserError(`There is no file ${shown(file)}. Pass an OpenAPI document with --spec.`);
  }
  const { document, stderr } = await bundleWithRedocly(file);
  if (document && !/^3\.1\./.test(String(document.openapi))) {
    const version = document.openapi ?? "2.0 or older";
    throw documentError(file, "openapi", `This is OpenAPI ${version}. The generator reads OpenAPI 3.1.`);
  }
  const problems = document ? problemsOf(document) : [];
  if (!document || problems.length > 0) {
    // The linter takes as long as the bundling, so it runs only if there is something to find: it knows the lines.
    const found = await findings(file, config);
    if (found.length > 0) throw new UserError(summary(found));
  }
  if (!document) throw documentError(file, "bundle", withoutStack(stderr));
  if (problems.length > 0) throw documentError(file, "operations", problems.join(" "));
  return document;
}

const maxFindings = 10;

export function summary(found: Finding[]): string {
  const lines = found.slice(0, maxFindings).map(findingLine);
  const more = found.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more problems`] : [])].join("\n");
}

/** An error about the document as a whole, in the format of the linter's findings. */
export const documentError = (file: string, rule: string, message: string): UserError =>
  new UserError(`${shown(file)}:1:1  ${rule}  ${message}`);

const withoutStack = (text: string): string => text.replace(/^\s+at .*\n?/gm, "").trim();

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() ?? false;

const bundleWithRedocly = (file: string): Promise<{ document?: Document; stderr: string }> =>
  withTempFolder("bundle", async (folder) => {
    const output = join(folder, "openapi.json");
    const { code, stderr } = await redocly(["bundle", file, "--config", config, "--output", output]);
    if (code !== 0) return { stderr };
    return { document: normalize(JSON.parse(await readFile(output, "utf8")) as Document), stderr };
  });

/** Checks on the bundle what redocly.yaml next to this file checks on the files. Broken references stop the bundling. */
function problemsOf(document: Document): string[] {
  const problems = namesOf(document).flatMap((name) => ("problem" in name ? [name.problem] : []));
  const ids = operationsOf(document).flatMap(({ operation }) => operation.operationId ?? []);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [...problems, ...repeated.map((id) => `Two operations have the operationId ${id}.`)];
}
