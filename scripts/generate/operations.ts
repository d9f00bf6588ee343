// generated/operations.ts: the operations as data, and the interfaces of the resources.

import type { Document } from "../openapi/document.js";
import { type ClientOperation, collectOperations, successOf } from "./collect.js";
import { docCommentBody } from "./doc-comment.js";
import { documentation } from "./documentation.js";
import { objectKey, uniqueName, variableName } from "./names.js";
import { headerOptions, operationData } from "./operation-data.js";
import { runtimeTypes, type TypeNames, typeNames } from "./type-names.js";

export interface Operations {
  text: string;
  /** A module that exports each type that users of the package need. */
  publicTypes: string;
  /** Operations without a method, each with the reason. */
  skipped: string[];
}

/** `schemas` maps each component schema to its exported type. `typesModule` is the import path of src/types.ts. */
export function operations(
  document: Document,
  schemas: Map<string, string>,
  typesModule: string,
): Operations {
  const { operations, skipped } = collectOperations(document);
  const names = typeNames(document, operations, schemas);
  const resources = new Map<string, ClientOperation[]>();
  for (const operation of operations) {
    resources.set(operation.resource, [...(resources.get(operation.resource) ?? []), operation]);
  }
  const withQuery = operations.filter(({ query }) => query);
  const withCredentials = operations.filter(hasCredentials);
  const body = [
    "export const operations = {",
    ...operations.map(
      (operation) => `  ${objectKey(operation.id)}: ${literal(operationData(document, operation))},`,
    ),
    "} as const satisfies Record<string, Operation>;",
    "",
    "/** The server of the OpenAPI document. */",
    `export const server = ${JSON.stringify(document.servers?.[0]?.url ?? "")};`,
    "",
    "/** Headers that a call option sets: header → option. */",
    `export const headerOptions: { readonly [header: string]: string } = ${literal(headerOptions(operations))};`,
    "",
    ...withQuery.map((operation) => queryType(operation, names)),
    ...withCredentials.map((operation) => optionsType(operation, names)),
    ...[...resources].map(([resource, members]) => resourceInterface(document, resource, members, names)),
    "/** The resources of the client, by name. */",
    `export interface ${names.resources} {`,
    ...[...resources.keys()].map((resource) => `  readonly ${resource}: ${names.resource(resource)};`),
    "}",
    "",
  ].join("\n");

  const runtime = runtimeTypes.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const schema = [...(/\bSchema\[/.test(body) ? ["operations as Schema"] : []), ...names.imports()];
  const imports = [importLine(runtime, typesModule), importLine(schema, "./schema.js")].join("");
  const clientTypes = [
    ...withQuery.map(names.query),
    ...withCredentials.map(names.options),
    ...[...resources.keys()].map(names.resource),
    names.resources,
  ];
  return { text: `${imports}\n${body}`, publicTypes: publicTypes(schemas, clientTypes), skipped };
}

const importLine = (names: string[], module: string): string =>
  names.length > 0 ? `import type { ${names.join(", ")} } from ${JSON.stringify(module)};\n` : "";

const publicTypes = (schemas: Map<string, string>, clientTypes: string[]): string =>
  [
    exportLines([...new Set(["components", "operations", "paths", ...schemas.values()])], "./schema.js"),
    exportLines(clientTypes, "./operations.js"),
  ].join("\n");

const exportLines = (names: string[], module: string): string =>
  `export type {\n${names
    .sort()
    .map((name) => `  ${name},\n`)
    .join("")}} from ${JSON.stringify(module)};\n`;

function literal(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${objectKey(key)}: ${literal(item)}`);
  return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
}

// openapi-typescript replaces each # in an operationId.
const queryType = (operation: ClientOperation, names: TypeNames): string =>
  [
    `/** The query parameters of \`${operation.resource}.${operation.name}\`. */`,
    `export type ${names.query(operation)} = NonNullable<Schema[${JSON.stringify(operation.id.replaceAll("#", "/"))}]["parameters"]["query"]>;`,
    "",
  ].join("\n");

const hasCredentials = ({ credentials }: ClientOperation): boolean => credentials.length > 0;

const baseOptions = ({ idempotencyKey }: ClientOperation): string =>
  idempotencyKey ? "IdempotentRequestOptions" : "RequestOptions";

const optionsName = (operation: ClientOperation, names: TypeNames): string =>
  hasCredentials(operation) ? names.options(operation) : baseOptions(operation);

// An interface instead of an intersection: the compiler creates it once.
function optionsType(operation: ClientOperation, names: TypeNames): string {
  const members = operation.credentials.flatMap(({ option, header, description = "" }) => [
    `  /**${docCommentBody([description, `A secret, sent as the header \`${header}\`.`], "  ")}*/`,
    `  readonly ${option}: string;`,
  ]);
  return [
    `/** The options of \`${operation.resource}.${operation.name}\`. */`,
    `export interface ${names.options(operation)} extends ${baseOptions(operation)} {`,
    ...members,
    "}",
    "",
  ].join("\n");
}

function resourceInterface(
  document: Document,
  resource: string,
  operations: ClientOperation[],
  names: TypeNames,
): string {
  return [
    `/** The methods of \`${resource}\`. */`,
    `export interface ${names.resource(resource)} {`,
    ...operations.map((operation) => method(document, operation, names)),
    "}",
    "",
  ].join("\n");
}

function method(document: Document, operation: ClientOperation, names: TypeNames): string {
  const result = resultType(operation, names);
  const ids = argumentNames(operation);
  const parameters = [
    ...ids.map((id): Argument => ({ name: id, type: "string", required: true })),
    ...bodyArgument(operation, names),
    ...queryArgument(operation, names),
    { name: "options", type: optionsName(operation, names), required: hasCredentials(operation) },
  ];
  // In an interface, `new(…)` without quotes is a constructor.
  const name = operation.name === "new" ? '"new"' : operation.name;
  const promise = operation.pagination && result !== "void" ? "PagePromise" : "OnePayPromise";
  const comment = documentation(document, operation, ids, result);
  return `  /**${comment}*/\n  ${name}(${writeArguments(parameters)}): ${promise}<${result}>;`;
}

/** The names of the path parameters in the method's signature. */
function argumentNames({ ids }: ClientOperation): string[] {
  const taken = new Set<string>();
  return ids.map((id) => uniqueName(variableName(id), taken));
}

interface Argument {
  name: string;
  type: string;
  required: boolean;
}

const bodyArgument = ({ body }: ClientOperation, names: TypeNames): Argument[] =>
  body ? [{ name: "body", type: names.body(body), required: body.required }] : [];

const queryArgument = (operation: ClientOperation, names: TypeNames): Argument[] =>
  operation.query
    ? [{ name: "query", type: names.query(operation), required: operation.query.required }]
    : [];

// TypeScript doesn't allow a required parameter after an optional one, so callers pass undefined for those.
function writeArguments(parameters: Argument[]): string {
  const lastRequired = parameters.findLastIndex(({ required }) => required);
  return parameters
    .map(({ name, type, required }, index) => {
      if (required) return `${name}: ${type}`;
      return index < lastRequired ? `${name}: ${type} | undefined` : `${name}?: ${type}`;
    })
    .join(", ");
}

/** The type of the result, or of the items of a list. */
function resultType(operation: ClientOperation, names: TypeNames): string {
  const success = successOf(operation);
  if (!success?.mediaType) return "void";
  if (operation.pagination) return names.item(success.schema, operation.pagination.items);
  return success.schema ? names.body(success) : "unknown";
}
