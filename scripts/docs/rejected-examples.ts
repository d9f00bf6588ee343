// Requests that the specification doesn't allow, shown after those that it allows.
import type { Language } from "../generate/language.js";
import type { Document, RequestBody } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { resolve } from "../openapi/references.js";
import { strings } from "./strings.js";

/** The document with each counter-example as an example. Its title states that it's rejected, and why. */
export function withRejectedExamples(original: Document, language: Language): Document {
  const document = structuredClone(original);
  const { rejected, rejectedIntro } = strings[language];
  for (const { operation } of operationsOf(document)) {
    if (!operation.requestBody) continue;
    const body = resolve<RequestBody>(document, operation.requestBody);
    for (const media of Object.values(body.content)) {
      const counterexamples = Object.entries(media["x-counterexamples"] ?? {});
      if (counterexamples.length === 0) continue;
      const reasons = counterexamples.map(([name, { summary = name }]) => `- ${summary}`);
      body.description = [body.description?.trim(), rejectedIntro, reasons.join("\n")]
        .filter(Boolean)
        .join("\n\n");
      for (const [name, { summary = name, value }] of counterexamples) {
        media.examples = {
          ...media.examples,
          [`rejected-${name}`]: { summary: `${rejected}: ${summary}`, value },
        };
      }
    }
  }
  return document;
}
