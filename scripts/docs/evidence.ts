// What each statement of the OpenAPI document rests on: marks in the docs if OnePay doesn't document it, and tables.
import { statementsOf } from "../../spec/rules/statements.js";
import { bases, type Counts, countEvidence, type Pointer, pointer, resolve } from "../evidence/count.js";
import type { Language } from "../generate/language.js";
import type { Document } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { valueAt } from "../openapi/pointers.js";
import { type Basis, strings } from "./strings.js";

interface Evidence {
  basis: string;
  source: string;
}

/** A mark next to the name of a field. Position and color are Redoc's. */
export interface Badge {
  name: string;
  color?: string;
}

/** A part of the document that can have a description. */
interface Node {
  $ref?: string;
  description?: string;
  "x-evidence"?: Evidence;
  "x-badges"?: Badge[];
  "x-unit"?: string;
  "x-pii"?: string;
  "x-retry"?: "safe" | "with-key" | "never";
}

/** The color of the mark for personal data, by which the style sheet finds it. */
const personalDataColor = "gray";

/** The document with the evidence of each statement that OnePay doesn't document, with units and personal data. */
export function withEvidence(original: Document, language: Language): Document {
  const document = structuredClone(original);
  const { retry, bases: basisNames, assumedFormat } = strings[language];
  const sources = sourcesOf(document);
  const remarks = new Map<Node, Set<string>>();
  const addRemark = (node: Node, text: string) => {
    const texts = remarks.get(node) ?? new Set();
    remarks.set(node, texts.add(text));
  };
  const remark = (basis: Basis, text = "") => `*${`${capitalized(basisNames[basis])}. ${text}`.trim()}*`;

  for (const { path, method, operation } of operationsOf(document)) {
    const start = pointer(["paths", path, method]);
    for (const { kind, evidence, at } of [...statementsOf(operation, start, resolve(document))]) {
      if (!evidence) continue;
      const basis = undocumentedBasis(evidence);
      const location = (at as Pointer).pointer;
      const node = visibleNode(document, kind === "constraint" ? ownerOf(location) : location);
      const reason = sources[evidence.source]?.description?.trim();
      if (kind === "operation") {
        if (node["x-retry"]) addRemark(node, retry[node["x-retry"]]);
        if (basis) addRemark(node, remark(basis, reason));
      } else if (kind === "constraint") {
        if (basis !== "assumed") continue;
        if (node["x-badges"]) addBadge(node, { name: assumedFormat });
        else addRemark(node, remark(basis, reason));
      } else if (kind === "parameter" || kind.endsWith(" field")) {
        node["x-badges"] = badges(node, basis, language);
        // A field inherits the evidence of its schema, which has the reason already.
        if (basis === "assumed" && node["x-evidence"]) addRemark(node, remark(basis, reason));
      } else if (basis) {
        addRemark(node, remark(basis, basis === "assumed" ? reason : undefined));
      }
    }
  }
  for (const [node, texts] of remarks) {
    node.description = [node.description?.trim(), ...texts].filter(Boolean).join("\n\n");
  }
  return document;
}

const undocumentedBasis = ({ basis }: Evidence): "observed" | "assumed" | undefined =>
  basis === "observed" || basis === "assumed" ? basis : undefined;

function badges(node: Node, basis: Basis | undefined, language: Language): Badge[] {
  const { units, bases: basisNames, personalData } = strings[language];
  const unit = node["x-unit"] && units[node["x-unit"]];
  return [
    ...(unit ? [{ name: unit }] : []),
    ...(basis ? [{ name: basisNames[basis] }] : []),
    ...(node["x-pii"] === "direct" ? [{ name: personalData, color: personalDataColor }] : []),
  ];
}

function addBadge(node: Node, badge: Badge): void {
  const present = node["x-badges"] ?? [];
  if (!present.some(({ name }) => name === badge.name)) node["x-badges"] = [...present, badge];
}

/** The tables of the guide on evidence, in Markdown: the same numbers as `npm run evidence`. */
export function evidenceTables(document: Document, language: Language): Record<string, string> {
  const { operations, total, assumptions } = countEvidence(document);
  const { table, bases: basisNames } = strings[language];
  const row = (name: string, counts: Counts) => [name, ...bases.map((basis) => `${counts[basis]}`)];
  return {
    operations: markdownTable(
      [table.operation, ...bases.map((basis) => (basisNames as Record<string, string>)[basis] ?? basis)],
      [
        ...operations.map(({ operationId, counts }) => row(`\`${operationId}\``, counts)),
        row(`**${table.total}**`, total),
      ],
    ),
    assumptions: markdownTable(
      [table.reason, table.statements],
      assumptions.map(({ reason, statements }) => [
        reason,
        statements.map((name) => `\`${name.replace(/ \([^)]*\)$/, "")}\``).join(", "),
      ]),
    ),
  };
}

const markdownTable = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");

const cell = (text: string): string => text.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");

type Sources = Record<string, { description?: string }>;

const sourcesOf = (document: Document): Sources => (document as { "x-sources"?: Sources })["x-sources"] ?? {};

/** The node that shows a constraint: its schema, or the parameter that the schema belongs to. */
const ownerOf = (constraint: string): string =>
  constraint.replace(/(?<=parameters\/[^/]+)\/schema\/[^/]+$|\/[^/]+$/, "");

// Redoc ignores what is next to a `$ref` that isn't a schema. There, the node becomes a copy of its target.
function visibleNode(document: Document, location: string): Node {
  const node = valueAt(document, location) as Node;
  if (!node.$ref || location.includes("/properties/")) return node;
  const target = valueAt(document, node.$ref) as Node;
  if (!node["x-evidence"]) return target;
  const { $ref: _, ...siblings } = node;
  const copy = { ...structuredClone(target), ...siblings };
  const separator = location.lastIndexOf("/");
  const parent = valueAt(document, location.slice(0, separator)) as Record<string, unknown>;
  parent[location.slice(separator + 1)] = copy;
  return copy;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
