// Remarks about the examples of an operation.
import type { Language } from "../generate/language.js";
import type { Document } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { strings } from "./strings.js";

/** The document with the remarks at the end of their operations' descriptions. */
export function withNotes(original: Document, language: Language): Document {
  const document = structuredClone(original);
  const { notes } = strings[language];
  for (const { operation } of operationsOf(document)) {
    const note = notes[operation.operationId ?? ""];
    if (note) operation.description = [operation.description?.trim(), note].filter(Boolean).join("\n\n");
  }
  return document;
}
