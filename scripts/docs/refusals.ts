// Requests that must be refused, shown beside those that may be sent.
import type { Language } from "../generate/language.js";
import {
  type Document,
  type Example,
  type MediaType,
  operationsOf,
  type RequestBody,
  resolve,
} from "../generate/openapi.js";
import { words } from "./words.js";

/** The document with each counter-example as an example that says in its title that it is refused, and why. */
export function withRefusals(original: Document, language: Language): Document {
  const document = structuredClone(original);
  const { refused, refusedIntro } = words[language];
  for (const { operation } of operationsOf(document)) {
    if (!operation.requestBody) continue;
    const body = resolve<RequestBody>(document, operation.requestBody);
    for (const media of Object.values(body.content)) {
      const found = Object.entries(counterexamples(media));
      if (found.length === 0) continue;
      const reasons = found.map(([name, { summary = name }]) => lowerFirst(summary));
      body.description = [
        body.description?.trim(),
        refusedIntro,
        reasons.map((text) => `- ${text}`).join("\n"),
      ]
        .filter(Boolean)
        .join("\n\n");
      found.forEach(([name, { value }], index) => {
        media.examples = {
          ...media.examples,
          [`refused-${name}`]: { summary: `${refused}: ${reasons[index]}`, value },
        };
      });
    }
  }
  return document;
}

const counterexamples = (media: MediaType): Record<string, Example> =>
  (media as { "x-counterexamples"?: Record<string, Example> })["x-counterexamples"] ?? {};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
