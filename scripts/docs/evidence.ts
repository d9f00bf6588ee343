// How well each statement of the document is known: shown where it stands, and as tables.
import type { Language } from "../generate/language.js";
import { type Document, operationsOf, resolve } from "../generate/openapi.js";
import { words } from "./words.js";

export interface Evidence {
  basis: "seed" | "documented" | "observed" | "assumed";
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

export interface Statement {
  kind: "operation" | "response" | "parameter" | "header" | "schema" | "property";
  /** Where it stands, as a person would say it: `createCustomer › 201`, `Customer.email`. */
  place: string;
  node: Node;
  evidence: Evidence;
}

interface SchemaNode extends Node {
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  additionalProperties?: SchemaNode | boolean;
  oneOf?: SchemaNode[];
  anyOf?: SchemaNode[];
  allOf?: SchemaNode[];
}

type WithSchema = Node & {
  name?: string;
  schema?: SchemaNode;
  content?: Record<string, { schema?: SchemaNode }>;
};

/** Every statement of the document that has a basis, its own or that of what it stands in. */
export function* statements(document: Document): Generator<Statement> {
  for (const { operation } of operationsOf(document)) {
    const id = operation.operationId ?? "";
    const own = (operation as Node)["x-evidence"];
    if (!own) continue;
    yield { kind: "operation", place: id, node: operation as Node, evidence: own };
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      yield* described("response", `${id} › ${status}`, response as WithSchema, own);
    }
    for (const parameter of operation.parameters ?? []) {
      const { name } = resolve(document, parameter);
      yield* described("parameter", `${id} › ${name}`, parameter as WithSchema, own);
    }
  }
  const { parameters = {}, headers = {}, responses = {}, schemas = {} } = document.components ?? {};
  for (const [name, node] of Object.entries(parameters) as [string, WithSchema][]) {
    yield* described("parameter", node.name ?? name, node, undefined);
  }
  for (const [name, node] of Object.entries(headers))
    yield* described("header", name, node as WithSchema, undefined);
  for (const [name, node] of Object.entries(responses))
    yield* described("response", name, node as WithSchema, undefined);
  for (const [name, node] of Object.entries(schemas))
    yield* schemaStatements(name, node as SchemaNode, undefined);
}

// A reference states nothing of its own, unless it says so beside it: what it points at does.
function* described(
  kind: "response" | "parameter" | "header",
  place: string,
  node: WithSchema,
  inherited: Evidence | undefined,
): Generator<Statement> {
  const evidence = node["x-evidence"] ?? (node.$ref ? undefined : inherited);
  if (!evidence) return;
  yield { kind, place, node, evidence };
  if (node.schema?.["x-evidence"]) {
    yield { kind: "schema", place: `${place} (form)`, node, evidence: node.schema["x-evidence"] };
  }
  for (const { schema } of Object.values(node.content ?? {})) {
    if (schema && !schema.$ref) yield* schemaStatements(place, schema, evidence);
  }
}

function* schemaStatements(
  place: string,
  schema: SchemaNode,
  inherited: Evidence | undefined,
): Generator<Statement> {
  const evidence = schema["x-evidence"] ?? inherited;
  if (!evidence) return;
  if (schema["x-evidence"]) yield { kind: "schema", place, node: schema, evidence };
  yield* members(place, schema, evidence);
}

function* members(place: string, schema: SchemaNode, evidence: Evidence): Generator<Statement> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const where = `${place}.${name}`;
    const known = property["x-evidence"] ?? evidence;
    yield { kind: "property", place: where, node: property, evidence: known };
    if (!property.$ref) yield* members(where, property, known);
  }
  const { items, additionalProperties, oneOf = [], anyOf = [], allOf = [] } = schema;
  const inner = [items, additionalProperties, ...oneOf, ...anyOf, ...allOf];
  for (const member of inner) {
    if (typeof member === "object" && !member.$ref) yield* schemaStatements(place, member, evidence);
  }
}

/** The document with the basis of each statement beside it, and with the units and the personal data of fields. */
export function withEvidence(original: Document, language: Language): Document {
  const document = structuredClone(original);
  const sources = sourcesOf(document);
  const say = words[language];
  for (const { kind, node, evidence } of statements(document)) {
    const { basis, source } = evidence;
    const reason = basis === "assumed" ? sources[source]?.description : undefined;
    if (kind === "operation") {
      const retry = node["x-retry"];
      node.description = paragraphs(
        node.description,
        retry && say.retry[retry],
        `**${say.evidence}:** \`${basis}\`, ${sourceText(source, sources)}`,
      );
    } else if (kind === "response" || kind === "header") {
      node.description = paragraphs(
        node.description,
        `${say.evidence}: \`${basis}\`. ${reason ?? ""}`.trim(),
      );
    } else {
      if (reason) node.description = paragraphs(node.description, `${say.assumed}: ${reason}`);
      if (kind !== "schema") node["x-badges"] = badges(node, basis, language);
    }
  }
  return document;
}

function badges(node: Node, basis: string, language: Language): { name: string }[] {
  const { units, personal } = words[language];
  const unit = node["x-unit"] && units[node["x-unit"]];
  const pii = personal[node["x-pii"] as keyof typeof personal];
  return [unit, basis, pii].filter((name) => name !== undefined).map((name) => ({ name }));
}

/** The tables of the guide on evidence, in markdown, by the name under which the guide asks for them. */
export function evidenceTables(document: Document, language: Language): Record<string, string> {
  const all = [...statements(document)];
  const sources = sourcesOf(document);
  const { table } = words[language];
  const rows = (statement: Statement) => [
    `\`${statement.place}\``,
    sourceText(statement.evidence.source, sources),
  ];
  const of = (basis: Evidence["basis"]) =>
    all.filter(({ kind, evidence }) => kind !== "operation" && evidence.basis === basis).map(rows);
  return {
    operations: markdownTable(
      [table.operation, table.basis, table.source],
      all
        .filter(({ kind }) => kind === "operation")
        .map(({ place, evidence }) => [
          `\`${place}\``,
          `\`${evidence.basis}\``,
          sourceText(evidence.source, sources),
        ]),
    ),
    assumptions: markdownTable([table.what, table.reason], grouped(of("assumed"))),
    observed: markdownTable([table.what, table.source], grouped(of("observed"))),
  };
}

// One row a source: the same reason thirty times over is read by nobody.
function grouped(rows: string[][]): string[][] {
  const places = new Map<string, string[]>();
  for (const [place = "", source = ""] of rows) places.set(source, [...(places.get(source) ?? []), place]);
  return [...places].map(([source, list]) => [list.join(", "), source]);
}

const markdownTable = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows]
    .map(
      (cells) =>
        `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ")).join(" | ")} |`,
    )
    .join("\n");

type Sources = Record<string, { description?: string }>;

const sourcesOf = (document: Document): Sources => (document as { "x-sources"?: Sources })["x-sources"] ?? {};

const sourceText = (source: string, sources: Sources): string =>
  /^https?:/.test(source)
    ? `[${source.replace(/^https?:\/\//, "")}](${source})`
    : (sources[source]?.description ?? source).trim();

const paragraphs = (...texts: (string | undefined)[]): string =>
  texts
    .map((text) => text?.trim())
    .filter(Boolean)
    .join("\n\n");
