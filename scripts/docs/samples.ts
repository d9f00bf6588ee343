// The code samples of each operation: real files, which a test runs.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Language } from "../generate/language.js";
import { type Document, operationsOf } from "../generate/openapi.js";
import { words } from "./words.js";

export type SampleFile = keyof (typeof words)["en"]["samples"];
export const sampleFiles = Object.keys(words.en.samples) as SampleFile[];

interface CodeSample {
  lang: string;
  label: string;
  source: string;
}

/** The document with the samples that stand in `folder/<operationId>/` at its operations. */
export async function withSamples(original: Document, folder: string, language: Language): Promise<Document> {
  const document = structuredClone(original);
  for (const { operation } of operationsOf(document)) {
    const samples = await samplesOf(join(folder, operation.operationId ?? ""), language);
    if (samples.length > 0) Object.assign(operation, { "x-codeSamples": samples });
  }
  return document;
}

async function samplesOf(folder: string, language: Language): Promise<CodeSample[]> {
  const sources = await Promise.all(
    sampleFiles.map((file) => readFile(join(folder, file), "utf8").catch(() => undefined)),
  );
  return sampleFiles.flatMap((file, index) => {
    const source = sources[index];
    return source
      ? [{ lang: highlight(file), label: words[language].samples[file], source: source.trimEnd() }]
      : [];
  });
}

const highlight = (file: SampleFile): string => (file.endsWith(".sh") ? "bash" : "TypeScript");

/** What Redoc has to know to offer the samples: it shows only languages that it is told of. */
export const sampleLanguages = (language: Language): { lang: string; label: string }[] => [
  ...sampleFiles.map((file) => ({ lang: highlight(file), label: words[language].samples[file] })),
  { lang: "Payload", label: words[language].payload },
];
