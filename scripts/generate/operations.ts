// generated/operations.ts: the operations as data, and the interfaces of the resources.
// generated/public-types.ts: the types that users of the package need.
import { pascalCase } from "../../spec/rules/method-name/name.js";
import type { Document, Schema } from "../openapi/document.js";
import { keysOf } from "../openapi/pointers.js";
import { type ClientOperation, type Content, collectOperations, operationKey } from "./collect.js";
import { documentation } from "./documentation.js";
import { itemSchema } from "./example.js";
import { uniqueName, variableName } from "./names.js";
import { headerOptions, operationData } from "./operation-data.js";
import { docCommentBody, literal, objectKey } from "./text.js";

export interface Operations {
  text: string;
  publicTypes: string;
  /** Operations without a method, each with the reason. */
  skipped: string[];
}

/** What operations.ts imports from src/types.ts. */
const runtimeTypes = [
  "IdempotentRequestOptions",
  "OnePayPromise",
  "Operation",
  "PagePromise",
  "RequestOptions",
];

// Also the name of `operations` of schema.ts, and TypeScript's own types that operations.ts uses.
const reservedTypes = [...runtimeTypes, "Schema", "NonNullable", "Record"];

/** `schemas` maps each component schema to its exported type. `typesModule` is the import path of src/types.ts. */
export function operations(
  document: Document,
  schemas: Map<string, string>,
  typesModule: string,
): Operations {
  const { operations, skipped } = collectOperations(document);
  const names = typeNames(document, schemas);
  const resources = [...new Set(operations.map(({ resource }) => resource))];
  const withQuery = operations.filter(({ query }) => query.length > 0);
  const withCredentials = operations.filter(hasCredentials);
  const clientTypes = [
    names.resources,
    ...resources.map(names.resource),
    ...withQuery.map(names.query),
    ...withCredentials.map(names.options),
  ];
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
    ...withQuery.flatMap((operation) => queryType(operation, names)),
    ...withCredentials.flatMap((operation) => optionsType(operation, names)),
    ...resources.flatMap((resource) => [
      `/** The methods of \`${resource}\`. */`,
      `export interface ${names.resource(resource)} {`,
      ...operations
        .filter((operation) => operation.resource === resource)
        .map((operation) => method(document, operation, names)),
      "}",
      "",
    ]),
    "/** The resources of the client, by name. */",
    `export interface ${names.resources} {`,
    ...resources.map((resource) => `  readonly ${resource}: ${names.resource(resource)};`),
    "}",
    "",
  ].join("\n");

  const runtime = runtimeTypes.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const schema = [...(/\bSchema\[/.test(body) ? ["operations as Schema"] : []), ...names.imports()];
  const imports = [importLine(runtime, typesModule), importLine(schema, "./schema.js")].join("");
  const schemaTypes = new Set(["components", "operations", "paths", ...schemas.values()]);
  const publicTypes = [
    exportLines([...schemaTypes], "./schema.js"),
    exportLines(clientTypes, "./operations.js"),
  ];
  return { text: `${imports}\n${body}`, publicTypes: publicTypes.join("\n"), skipped };
}

type TypeNames = ReturnType<typeof typeNames>;

/** The names of types in operations.ts. Those of the document's schemas come first, and the others differ from them. */
function typeNames(document: Document, schemas: Map<string, string>) {
  const taken = new Set([...reservedTypes, ...schemas.values()]);
  const known = new Map<string, string>();
  const unique = (wanted: string, key = wanted): string => {
    const name = known.get(key) ?? uniqueName(wanted, taken);
    known.set(key, name);
    return name;
  };
  // A schema whose name belongs to the runtime is imported under another one.
  const imports = new Map<string, string>();
  const schemaName = (schema: Schema | undefined): string | undefined => {
    const name = schemas.get(componentOf(schema) ?? "");
    if (name) imports.set(name, reservedTypes.includes(name) ? unique(`${name}Schema`) : name);
    return name && imports.get(name);
  };
  return {
    resources: unique("Resources"),
    resource: (name: string) => unique(`${pascalCase(name)}Resource`),
    query: ({ id }: ClientOperation) => unique(`${pascalCase(id)}Query`, `query of ${id}`),
    options: ({ id }: ClientOperation) => unique(`${pascalCase(id)}Options`, `options of ${id}`),
    body: (content: Content) => schemaName(content.media.schema) ?? content.typeIn("Schema"),
    /** The type of the result, or of the items of a list. */
    result({ result, pagination }: ClientOperation): string {
      if (!result) return "void";
      if (pagination)
        return schemaName(itemSchema(document, result.media.schema, pagination.items)) ?? "unknown";
      return result.media.schema ? this.body(result) : "unknown";
    },
    imports: () =>
      [...imports].sort().map(([name, local]) => (local === name ? name : `${name} as ${local}`)),
  };
}

/** `X` of a reference to `#/components/schemas/X`. */
export function componentOf(schema: Schema | undefined): string | undefined {
  const [section, kind, name, ...others] = keysOf(schema?.$ref ?? "");
  return section === "components" && kind === "schemas" && others.length === 0 ? name : undefined;
}

const importLine = (names: string[], module: string): string =>
  names.length > 0 ? `import type { ${names.join(", ")} } from ${JSON.stringify(module)};\n` : "";

const exportLines = (names: string[], module: string): string =>
  `export type {\n${names
    .sort()
    .map((name) => `  ${name},\n`)
    .join("")}} from ${JSON.stringify(module)};\n`;

const queryType = (operation: ClientOperation, names: TypeNames): string[] => [
  `/** The query parameters of \`${operation.resource}.${operation.name}\`. */`,
  `export type ${names.query(operation)} = NonNullable<Schema[${operationKey(operation.id)}]["parameters"]["query"]>;`,
  "",
];

const hasCredentials = ({ credentials }: ClientOperation): boolean => credentials.length > 0;

const baseOptions = ({ idempotencyKey }: ClientOperation): string =>
  idempotencyKey ? "IdempotentRequestOptions" : "RequestOptions";

// An interface instead of an intersection: the compiler creates it once.
const optionsType = (operation: ClientOperation, names: TypeNames): string[] => [
  `/** The options of \`${operation.resource}.${operation.name}\`. */`,
  `export interface ${names.options(operation)} extends ${baseOptions(operation)} {`,
  ...operation.credentials.flatMap(({ option, header, description }) => [
    `  /**${docCommentBody([description, `A secret, sent as the header \`${header}\`.`], "  ")}*/`,
    `  readonly ${option}: string;`,
  ]),
  "}",
  "",
];

function method(document: Document, operation: ClientOperation, names: TypeNames): string {
  const { ids, body, query, pagination } = operation;
  const result = names.result(operation);
  const taken = new Set<string>();
  const idNames = ids.map(({ name }) => uniqueName(variableName(name), taken));
  const isSecret = hasCredentials(operation);
  const signature = writeArguments([
    ...idNames.map((name) => ({ name, type: "string", required: true })),
    ...(body ? [{ name: "body", type: names.body(body), required: body.required }] : []),
    ...(query.length > 0
      ? [{ name: "query", type: names.query(operation), required: query.some(({ required }) => required) }]
      : []),
    {
      name: "options",
      type: isSecret ? names.options(operation) : baseOptions(operation),
      required: isSecret,
    },
  ]);
  // In an interface, `new(…)` without quotes is a constructor.
  const name = operation.name === "new" ? '"new"' : operation.name;
  const promise = pagination && result !== "void" ? "PagePromise" : "OnePayPromise";
  const comment = documentation(document, operation, idNames, result);
  return `  /**${comment}*/\n  ${name}(${signature}): ${promise}<${result}>;`;
}

// TypeScript doesn't allow a required parameter after an optional one, so callers pass undefined for those.
function writeArguments(parameters: { name: string; type: string; required: boolean }[]): string {
  const lastRequired = parameters.findLastIndex(({ required }) => required);
  return parameters
    .map(({ name, type, required }, index) => {
      if (required) return `${name}: ${type}`;
      return index < lastRequired ? `${name}: ${type} | undefined` : `${name}?: ${type}`;
    })
    .join(", ");
}
