// The code samples of each operation: real files, which a test runs.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Language } from "../generate/language.js";
import type { Document } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { readTranslations, type Translations, translateCode } from "./spanish-code.js";
import { type Strings, strings } from "./strings.js";

export type SampleFile = keyof Strings["samples"];
export const sampleFiles = Object.keys(strings.en.samples) as SampleFile[];

interface CodeSample {
  lang: string;
  label: string;
  source: string;
}

/** The document with the samples in `folder/<operationId>/` at its operations. */
export async function withSamples(original: Document, folder: string, language: Language): Promise<Document> {
  const document = structuredClone(original);
  const translations = language === "es" ? await readTranslations(folder) : {};
  for (const { operation } of operationsOf(document)) {
    const samples = await readSamples(join(folder, operation.operationId ?? ""), language, translations);
    if (samples.length > 0) Object.assign(operation, { "x-codeSamples": samples });
  }
  return document;
}

async function readSamples(
  folder: string,
  language: Language,
  translations: Translations,
): Promise<CodeSample[]> {
  const sources = await Promise.all(
    sampleFiles.map((file) => readFile(join(folder, file), "utf8").catch(() => undefined)),
  );
  return sampleFiles.flatMap((file, index) => {
    const source = sources[index]?.trimEnd();
    if (!source) return [];
    const text = isTypeScript(file) ? translateCode(source, translations) : source;
    return [{ lang: languageName(file), label: strings[language].samples[file], source: text }];
  });
}

const isTypeScript = (file: SampleFile): boolean => file.endsWith(".ts");

const languageName = (file: SampleFile): string => (isTypeScript(file) ? "TypeScript" : "bash");

/** The entries of the sample menu. Redoc shows no other samples. */
export const sampleLanguages = (language: Language): { lang: string; label: string }[] => [
  ...sampleFiles.map((file) => ({ lang: languageName(file), label: strings[language].samples[file] })),
  { lang: "Payload", label: strings[language].payload },
];
