// Headers that the API requires and the client sets.
import type { Language } from "../generate/language.js";
import type { Document, ParameterObject } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { resolve } from "../openapi/references.js";
import type { Badge } from "./evidence.js";
import { strings } from "./strings.js";

type WithBadges = ParameterObject & { "x-badges"?: Badge[] };

/** The document in which a header of the client has a badge instead of Redoc's red "required". */
export function withClientHeaders(original: Document, language: Language): Document {
  const document = structuredClone(original);
  const { setByClient } = strings[language];
  for (const { operation } of operationsOf(document)) {
    for (const reference of operation.parameters ?? []) {
      const parameter = resolve<WithBadges>(document, reference);
      if (!parameter.required || !isSetByClient(parameter)) continue;
      parameter.required = false;
      parameter["x-badges"] = [{ name: setByClient }, ...(parameter["x-badges"] ?? [])];
    }
  }
  return document;
}

const isSetByClient = (parameter: ParameterObject): boolean =>
  parameter.in === "header" && parameter.name.toLowerCase().includes("idempotency");
