// Doc comments from the document's own words, so that an editor shows them on hover.
import type { OpenAPI3 } from "openapi-typescript";
import type { Document } from "./openapi.js";

const units: Record<string, string> = {
  COP: "Unit: whole Colombian pesos (COP).",
  "COP-cents": "Unit: cents of a Colombian peso (100 = 1 COP).",
  "by-currency": "Unit: cents of the field `currency` (100 = 1 of it).",
};

/** The document with each amount's unit as the last sentence of its description. */
export function withUnits(document: Document): OpenAPI3 {
  return JSON.parse(JSON.stringify(document), (_key, value) => {
    const unit = typeof value?.["x-unit"] === "string" ? units[value["x-unit"]] : undefined;
    return unit ? { ...value, description: [value.description, unit].filter(Boolean).join(" ") } : value;
  });
}

/** The inside of a doc comment, from after its second star to its end. */
export function commentBody(paragraphs: string[], indent: string): string {
  const lines = paragraphs
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .join("\n\n")
    .replaceAll("*/", "*\\/")
    .split("\n")
    .map((line) => `${indent} * ${line}`.trimEnd());
  return `\n${lines.join("\n")}\n${indent} `;
}
