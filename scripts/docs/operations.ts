// What the docs show at each operation in addition to the OpenAPI document. The document itself stays free of it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../generate/language.js";
import type { Document, OperationObject, ParameterObject, RequestBody } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { resolve } from "../openapi/references.js";
import { addEvidence, addParagraphs, type Described } from "./evidence.js";
import { readTranslations, type Translations, translateCode } from "./spanish-code.js";
import { strings } from "./strings.js";

export const sampleFiles = Object.keys(strings.en.samples) as (keyof typeof strings.en.samples)[];

/** The document with everything that the docs add to its operations. */
export function withAdditions(original: Document, samples: string, language: Language): Document {
  const document = structuredClone(original);
  const translations = readTranslations(samples, language);
  for (const { path, method, operation } of operationsOf(document)) {
    addRejectedExamples(document, operation, language);
    addParagraphs(operation, strings[language].notes[operation.operationId ?? ""]);
    addEvidence(document, { path, method, operation }, language);
    const shown = readSamples(join(samples, operation.operationId ?? ""), language, translations);
    if (shown.length > 0) Object.assign(operation, { "x-codeSamples": shown });
  }
  // At the end, because operations share parameters.
  for (const { operation } of operationsOf(document)) markClientHeaders(document, operation, language);
  return document;
}

/** Adds the requests that the specification doesn't allow. Their titles state that they're rejected, and why. */
function addRejectedExamples(document: Document, { requestBody }: OperationObject, language: Language): void {
  if (!requestBody) return;
  const { rejected, rejectedIntro } = strings[language];
  const body = resolve<RequestBody>(document, requestBody);
  for (const media of Object.values(body.content)) {
    const { "x-counterexamples": counterexamples = {} } = media;
    const reasons: string[] = [];
    for (const [name, { summary = name, value }] of Object.entries<{ summary?: string; value?: unknown }>(
      counterexamples,
    )) {
      reasons.push(`- ${summary}`);
      const example = { summary: `${rejected}: ${summary}`, value };
      media.examples = { ...media.examples, [`rejected-${name}`]: example };
    }
    if (reasons.length > 0) addParagraphs(body, rejectedIntro, reasons.join("\n"));
  }
}

/** The samples in the folder of an operation: real files, which a test runs. */
const readSamples = (folder: string, language: Language, translations: Translations) =>
  sampleMenu(language).flatMap(({ file, lang, label }) => {
    if (!existsSync(join(folder, file))) return [];
    const code = readFileSync(join(folder, file), "utf8").trimEnd();
    return { lang, label, source: lang === "TypeScript" ? translateCode(code, translations) : code };
  });

const sampleMenu = (language: Language) =>
  sampleFiles.map((file) => ({
    file,
    lang: file.endsWith(".ts") ? "TypeScript" : "bash",
    label: strings[language].samples[file],
  }));

/** The entries of the sample menu. Redoc shows no other samples. */
export const sampleLanguages = (language: Language): { lang: string; label: string }[] => [
  ...sampleMenu(language).map(({ lang, label }) => ({ lang, label })),
  { lang: "Payload", label: strings[language].payload },
];

/** A header that the client sets has a badge instead of Redoc's red "required". */
function markClientHeaders(
  document: Document,
  { parameters = [] }: OperationObject,
  language: Language,
): void {
  for (const reference of parameters) {
    const parameter = resolve<ParameterObject & Described>(document, reference);
    if (!parameter.required || !isSetByClient(parameter)) continue;
    parameter.required = false;
    parameter["x-badges"] = [{ name: strings[language].setByClient }, ...(parameter["x-badges"] ?? [])];
  }
}

const isSetByClient = (parameter: ParameterObject): boolean =>
  parameter.in === "header" && parameter.name.toLowerCase().includes("idempotency");
