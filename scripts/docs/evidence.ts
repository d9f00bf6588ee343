// How well each statement of the document is known: shown where it stands, and as tables.
import { statementsOf } from "../../spec/rules/statements.js";
import type { Language } from "../generate/language.js";
import { type Document, operationsOf } from "../generate/openapi.js";
import { words } from "./words.js";

interface Evidence {
  basis: string;
  source: string;
}

/** Anything of the document that states something; what the docs add to it is written into it. */
interface Node {
  $ref?: string;
  description?: string;
  "x-evidence"?: Evidence & { constraints?: Record<string, Evidence> };
  "x-badges"?: { name: string }[];
  "x-unit"?: string;
  "x-pii"?: string;
  "x-retry"?: "safe" | "with-key" | "never";
}

interface Statement {
  kind: ReturnType<typeof statementsOf> extends Generator<infer S>
    ? S extends { kind: infer K }
      ? K
      : never
    : never;
  /** As a person would say it: `createCustomer › 201`, `Customer.email`, `x-idempotency: pattern`. */
  name: string;
  evidence: Evidence;
  path: Key[];
}

type Key = string | number;

/** Every statement of the document that has a basis, once for each place where it can be read. */
function* statements(document: Document): Generator<Statement> {
  for (const { path, method, operation } of operationsOf(document)) {
    const at = placeOf(["paths", path, method]);
    for (const { kind, name, evidence, at: found } of statementsOf(operation, at, resolver(document))) {
      if (!evidence) continue;
      const where = (found as Place).path;
      const { $ref } = nodeAt(document, where);
      const answer = $ref ? componentOf($ref) : `${operation.operationId} › ${name}`;
      yield { kind, name: kind === "answer" ? answer : name, evidence, path: where };
    }
  }
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

  for (const { kind, evidence, path } of [...statements(document)]) {
    const { basis, source } = evidence;
    const node = readerNode(document, kind === "constraint" ? holderOf(path) : path);
    const reason = basis === "assumed" ? sources[source]?.description?.trim() : undefined;
    if (kind === "operation") {
      const retry = node["x-retry"];
      if (retry) tell(node, say.retry[retry]);
      tell(node, `**${say.evidence}:** \`${basis}\`, ${sourceText(source, sources)}`);
    } else if (kind === "answer" || kind === "header") {
      tell(node, `*${`${say.evidence}: \`${basis}\`. ${reason ?? ""}`.trim()}*`);
    } else {
      if (kind !== "constraint") node["x-badges"] = badges(node, basis, language);
      // What is inherited has had its reason told where it stands.
      if (reason && (kind === "constraint" || node["x-evidence"])) tell(node, `*${say.assumed}: ${reason}*`);
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

/** The tables of the guide on evidence, in markdown, by the name under which the guide asks for them. */
export function evidenceTables(document: Document, language: Language): Record<string, string> {
  const all = [...statements(document)];
  const sources = sourcesOf(document);
  const { table } = words[language];
  const of = (basis: string) => {
    const places = new Map<string, Set<string>>();
    for (const { kind, name, evidence } of all) {
      if (kind === "operation" || evidence.basis !== basis) continue;
      const source = sourceText(evidence.source, sources);
      // One row a source: the same reason thirty times over is read by nobody.
      places.set(source, (places.get(source) ?? new Set()).add(`\`${name}\``));
    }
    return [...places].map(([source, names]) => [[...names].join(", "), source]);
  };
  const operations = all
    .filter(({ kind }) => kind === "operation")
    .map(({ name, evidence }) => [
      `\`${name}\``,
      `\`${evidence.basis}\``,
      sourceText(evidence.source, sources),
    ]);
  return {
    operations: markdownTable([table.operation, table.basis, table.source], operations),
    assumptions: markdownTable([table.what, table.reason], of("assumed")),
    observed: markdownTable([table.what, table.source], of("observed")),
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

interface Place {
  path: Key[];
  child(keys: Key[]): Place;
  key(): Place;
}

const placeOf = (path: Key[]): Place => ({
  path,
  child: (keys) => placeOf([...path, ...keys]),
  key: () => placeOf(path),
});

const resolver = (document: Document) => (node: Node, at: unknown) => {
  if (typeof node?.$ref !== "string") return { node, at: at as Place };
  const path = pathOf(node.$ref);
  return { node: nodeAt(document, path), at: placeOf(path) };
};

const pathOf = (ref: string): Key[] =>
  ref
    .replace(/^#\//, "")
    .split("/")
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));

const componentOf = (ref: string): string => `${pathOf(ref).at(-1)}`;

const nodeAt = (document: Document, path: Key[]): Node =>
  path.reduce<unknown>((node, key) => (node as Record<Key, unknown> | undefined)?.[key], document) as Node;

/** Where a reader sees a constraint: at its schema, or at the parameter whose schema that is. */
const holderOf = (path: Key[]): Key[] =>
  path.at(-2) === "schema" && path.includes("parameters") ? path.slice(0, -2) : path.slice(0, -1);

/** What is written to so that a reader sees it there: Redoc shows the target of a reference, and nothing of what stands beside it. */
function readerNode(document: Document, path: Key[]): Node {
  const node = nodeAt(document, path);
  const isSchema = path.includes("properties");
  if (!node.$ref || isSchema) return node;
  const target = nodeAt(document, pathOf(node.$ref));
  if (!node["x-evidence"]) return target;
  const { $ref: _, ...beside } = node;
  const own = { ...structuredClone(target), ...beside };
  const parent = nodeAt(document, path.slice(0, -1)) as Record<Key, unknown>;
  parent[path.at(-1) as Key] = own;
  return own;
}
