// What each statement of the OpenAPI document rests on: marks in the docs if OnePay doesn't document it, and tables.
import { statementsOf } from "../../spec/rules/statements.js";
import { bases, type Counts, countEvidence, type Pointer, pointer, resolve } from "../evidence/count.js";
import type { Language } from "../generate/language.js";
import type { Document, OperationObject } from "../openapi/document.js";
import { valueAt } from "../openapi/pointers.js";
import { strings } from "./strings.js";

/** A part of the document that has a description, and marks next to its name if it's a field or a parameter. */
export interface Described {
  $ref?: string;
  description?: string;
  "x-evidence"?: { basis: string; source: string };
  "x-badges"?: { name: string; color?: string }[];
  "x-unit"?: string;
  "x-pii"?: string;
}

/** The color of the mark for personal data, by which the style sheet finds it. */
const personalDataColor = "gray";

/** Adds paragraphs to a description. What several operations refer to gets them once. */
export function addParagraphs(node: { description?: string }, ...paragraphs: (string | undefined)[]): void {
  const present = node.description?.trim();
  const missing = paragraphs.filter((paragraph) => paragraph && !present?.includes(paragraph));
  if (missing.length > 0) node.description = [present, ...missing].filter(Boolean).join("\n\n");
}

/** Marks each statement of an operation that OnePay doesn't document. Adds units, personal data and retries. */
export function addEvidence(
  document: Document,
  { path, method, operation }: { path: string; method: string; operation: OperationObject },
  language: Language,
): void {
  const { retry, bases: basisNames, assumedFormat } = strings[language];
  const { "x-sources": sources = {} } = document as {
    "x-sources"?: Record<string, { description?: string }>;
  };
  const start = pointer(["paths", path, method]);
  // All statements are read first, because the loop changes what they're read from.
  for (const { kind, evidence, at } of [...statementsOf(operation, start, resolve(document))]) {
    if (!evidence) continue;
    const { basis } = evidence;
    const isAssumed = basis === "assumed";
    const mark = basis === "assumed" || basis === "observed" ? basisNames[basis] : undefined;
    const reason = sources[evidence.source]?.description?.trim() ?? "";
    const location = (at as Pointer).pointer;
    const node = visibleNode(document, kind === "constraint" ? ownerOf(location) : location);
    const addRemark = (text: string) => {
      if (mark) addParagraphs(node, `*${`${capitalized(mark)}. ${text}`.trim()}*`);
    };
    if (kind === "operation") {
      addParagraphs(node, operation["x-retry"] && retry[operation["x-retry"]]);
      addRemark(reason);
    } else if (kind === "constraint") {
      if (isAssumed && !node["x-badges"]) addRemark(reason);
      else if (isAssumed && !node["x-badges"]?.some(({ name }) => name === assumedFormat))
        node["x-badges"]?.push({ name: assumedFormat });
    } else if (kind === "parameter" || kind.endsWith(" field")) {
      node["x-badges"] = badges(node, mark, language);
      // A field inherits the evidence of its schema, which has the reason already.
      if (isAssumed && node["x-evidence"]) addRemark(reason);
    } else addRemark(isAssumed ? reason : "");
  }
}

function badges(node: Described, mark: string | undefined, language: Language) {
  const { units, personalData } = strings[language];
  const names = [units[node["x-unit"] ?? ""], mark].filter((name) => name !== undefined);
  const personal = node["x-pii"] === "direct" ? [{ name: personalData, color: personalDataColor }] : [];
  return [...names.map((name) => ({ name })), ...personal];
}

/** The node that shows a constraint: its schema, or the parameter that the schema belongs to. */
const ownerOf = (constraint: string): string =>
  constraint.replace(/(?<=parameters\/[^/]+)\/schema\/[^/]+$|\/[^/]+$/, "");

// Redoc ignores what is next to a `$ref` that isn't a schema. There, the node becomes a copy of its target.
function visibleNode(document: Document, location: string): Described {
  const node = valueAt(document, location) as Described;
  if (!node.$ref || location.includes("/properties/")) return node;
  const { $ref, ...siblings } = node;
  const target = valueAt(document, $ref) as Described;
  if (!siblings["x-evidence"]) return target;
  const copy = { ...structuredClone(target), ...siblings };
  const separator = location.lastIndexOf("/");
  const parent = valueAt(document, location.slice(0, separator)) as Record<string, unknown>;
  parent[location.slice(separator + 1)] = copy;
  return copy;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The tables of the guide on evidence, in Markdown: the same numbers as `npm run evidence`. */
export function evidenceTables(document: Document, language: Language): Record<string, string> {
  const { operations, total, assumptions } = countEvidence(document);
  const { table, bases: basisNames } = strings[language];
  const row = (name: string, counts: Counts) => [name, ...bases.map((basis) => `${counts[basis]}`)];
  return {
    operations: markdownTable([
      [table.operation, ...bases.map((basis) => basisNames[basis])],
      ...operations.map(({ operationId, counts }) => row(`\`${operationId}\``, counts)),
      row(`**${table.total}**`, total),
    ]),
    assumptions: markdownTable([
      [table.reason, table.statements],
      ...assumptions.map(({ reason, statements }) => [
        reason,
        statements.map((name) => `\`${name.replace(/ \([^)]*\)$/, "")}\``).join(", "),
      ]),
    ]),
  };
}

/** A table in Markdown. The first row is its head. */
function markdownTable([head = [], ...rows]: string[][]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map(cell).join(" | ")} |`)
    .join("\n");
}
