// The document's texts as Redoc likes them.
import type { Document } from "../generate/openapi.js";

/** The document with each paragraph on one line: Redoc's search glues the words together that a line break parts. */
export const unwrapped = (document: Document): Document =>
  JSON.parse(JSON.stringify(document), (key, value) =>
    key === "description" && typeof value === "string" ? joined(value) : value,
  );

// A line that begins a list, a table, a quotation, a heading or a block of code stays one.
const joined = (text: string): string =>
  text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part) => (part.startsWith("```") ? part : part.replace(/(?<=\S)\n(?=[^\s\-*+|>#`\d])/g, " ")))
    .join("");
