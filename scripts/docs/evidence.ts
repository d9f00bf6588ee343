// How well each statement of the document is known: shown where it stands, and as tables.
import { statementsOf } from "../../spec/rules/statements.js";
import { bases, type Counts, countEvidence, type Pointer, pointer, resolve } from "../evidence/count.js";
import type { Language } from "../generate/language.js";
import { type Document, at as nodeAt, operationsOf } from "../generate/openapi.js";
import { words } from "./words.js";

interface Evidence {
  basis: string;
  source: string;
}

/** Anything of the document that states something; what the docs add to it is written into it. */
interface Node {
  $ref?: string;
  description?: string;
  "x-evidence"?: Evidence;
  "x-badges"?: { name: string }[];
  "x-unit"?: string;
  "x-pii"?: string;
  "x-retry"?: "safe" | "with-key" | "never";
}

/** The document with the basis of each statement beside it, and with the units and the personal data of fields. */
export function withEvidence(original: Document, language: Language): Document {
  const document = structuredClone(original);
  const sources = sourcesOf(document);
  const say = words[language];
  const told = new Map<Node, Set<string>>();
  const tell = (node: Node, text: string) => {
    const texts = told.get(node) ?? new Set();
    told.set(node, texts.add(text));
  };

  for (const { path, method, operation } of operationsOf(document)) {
    const place = pointer(["paths", path, method]);
    for (const { kind, evidence, at } of [...statementsOf(operation, place, resolve(document))]) {
      if (!evidence) continue;
      const { basis, source } = evidence;
      const where = (at as Pointer).pointer;
      const node = readerNode(document, kind === "constraint" ? holderOf(where) : where);
      const reason = basis === "assumed" ? sources[source]?.description?.trim() : undefined;
      if (kind === "operation") {
        const retry = node["x-retry"];
        if (retry) tell(node, say.retry[retry]);
        tell(node, `**${say.evidence}:** \`${basis}\`, ${sourceText(source, sources)}`);
      } else if (kind === "response" || kind === "header") {
        tell(node, `*${`${say.evidence}: \`${basis}\`. ${reason ?? ""}`.trim()}*`);
      } else {
        if (kind !== "constraint") node["x-badges"] = badges(node, basis, language);
        // What is inherited has had its reason told where it stands.
        if (reason && (kind === "constraint" || node["x-evidence"]))
          tell(node, `*${say.assumed}: ${reason}*`);
      }
    }
  }
  for (const [node, texts] of told) {
    node.description = [node.description?.trim(), ...texts].filter(Boolean).join("\n\n");
  }
  return document;
}

function badges(node: Node, basis: string, language: Language): { name: string }[] {
  const { units, personal } = words[language];
  const unit = node["x-unit"] && units[node["x-unit"]];
  return [unit, basis, node["x-pii"] === "direct" && personal]
    .filter((name) => typeof name === "string")
    .map((name) => ({ name }));
}

/** The tables of the guide on evidence, in markdown: what `npm run evidence` prints. */
export function evidenceTables(document: Document, language: Language): Record<string, string> {
  const { operations, total, assumptions } = countEvidence(document);
  const { table } = words[language];
  const counted = (name: string, counts: Counts) => [name, ...bases.map((basis) => `${counts[basis]}`)];
  return {
    operations: markdownTable(
      [table.operation, ...bases],
      [
        ...operations.map(({ operationId, counts }) => counted(`\`${operationId}\``, counts)),
        counted(`**${table.total}**`, total),
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

const sourceText = (source: string, sources: Sources): string =>
  /^https?:/.test(source)
    ? `[${source.replace(/^https?:\/\//, "")}](${source})`
    : (sources[source]?.description ?? source).trim();

/** Where a reader sees a constraint: at its schema, or at the parameter whose schema that is. */
const holderOf = (where: string): string =>
  where.replace(/(?<=parameters\/[^/]+)\/schema\/[^/]+$|\/[^/]+$/, "");

// What is written to so that a reader sees it there: of a reference that is no schema, Redoc shows the target alone.
function readerNode(document: Document, where: string): Node {
  const node = nodeAt(document, where) as Node;
  if (!node.$ref || where.includes("/properties/")) return node;
  const target = nodeAt(document, node.$ref) as Node;
  if (!node["x-evidence"]) return target;
  const { $ref: _, ...beside } = node;
  const own = { ...structuredClone(target), ...beside };
  const [, parent = "", key = ""] = /^(.*)\/([^/]+)$/.exec(where) ?? [];
  (nodeAt(document, parent) as Record<string, unknown>)[key] = own;
  return own;
}
