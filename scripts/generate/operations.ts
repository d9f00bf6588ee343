// generated/operations.ts: the client as data, and the interfaces of its resources.
import { camelCase, pascalCase } from "../../spec/rules/method-name/name.js";
import { type Call, callsOf } from "./calls.js";
import { commentBody } from "./comments.js";
import { type Document, resolve, type Schema } from "./openapi.js";

export interface Operations {
  text: string;
  /** Operations without a flat method, each with the reason. */
  left: string[];
}

const runtimeTypes = [
  "IdempotentRequestOptions",
  "OnePayPromise",
  "Operation",
  "PagePromise",
  "RequestOptions",
];

/** `names` gives the exported type of a component schema; `typesModule` is where the runtime's types stand, as the file imports them. */
export function operations(document: Document, names: Map<string, string>, typesModule: string): Operations {
  const { calls, left } = callsOf(document);
  const schemas = schemaTypes(document, names);
  const resources = new Map<string, Call[]>();
  for (const call of calls) resources.set(call.resource, [...(resources.get(call.resource) ?? []), call]);

  const body = [
    "export const operations = {",
    ...calls.map((call) => `  ${call.id}: ${literal(data(call))},`),
    "} as const satisfies Record<string, Operation>;",
    "",
    "/** The server that the document names. */",
    `export const server = ${JSON.stringify(document.servers?.[0]?.url ?? "")};`,
    "",
    "/** Headers that an option sets: header → option. */",
    `export const headerOptions: { readonly [header: string]: string } = ${literal(headerOptions(calls))};`,
    "",
    ...calls.filter((call) => call.query).map(queryType),
    ...calls.filter(hasSecrets).map(optionsType),
    ...[...resources].map(([resource, members]) => resourceInterface(resource, members, schemas)),
    "/** The resources of the client, by name. */",
    "export interface Resources {",
    ...[...resources.keys()].map((resource) => `  readonly ${resource}: ${pascalCase(resource)}Resource;`),
    "}",
    "",
  ].join("\n");

  const runtime = runtimeTypes.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const head = [
    "// Made by `npm run generate` from the document in spec/. Do not edit: change the document, then generate.",
    `import type { ${runtime.join(", ")} } from ${JSON.stringify(typesModule)};`,
    `import type { ${["operations as Schema", ...schemas.used()].join(", ")} } from "./schema.js";`,
  ];
  if (!/\bSchema\[/.test(body)) head[2] = head[2]?.replace("operations as Schema, ", "") ?? "";
  return { text: `${head.join("\n")}\n\n${body}`, left };
}

/** The options of a call that become headers: option → header. */
const headersOf = ({ idempotencyKey, secrets }: Call): Record<string, string> => ({
  ...(idempotencyKey && { idempotencyKey }),
  ...secrets,
});

const headerOptions = (calls: Call[]): Record<string, string> =>
  Object.fromEntries([
    // The client's own: every document that it speaks has a bearer key.
    ["authorization", "apiKey"],
    ...calls.flatMap((call) => Object.entries(headersOf(call)).map(([option, header]) => [header, option])),
  ]);

/** An operation as the runtime reads it; what is absent is left out. */
function data(call: Call): Record<string, unknown> {
  const headers = headersOf(call);
  return {
    resource: call.resource,
    name: call.name,
    path: call.path,
    method: call.method,
    retry: call.retry,
    ...(call.body && { body: true }),
    ...(call.query && { query: true }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(call.pagination && { pagination: { page: call.pagination.page, items: call.pagination.items } }),
  };
}

function literal(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${propertyName(key)}: ${literal(item)}`);
  return `{ ${entries.join(", ")} }`;
}

const propertyName = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);

const queryName = (call: Call): string => `${pascalCase(call.id)}Query`;

const queryType = (call: Call): string =>
  [
    `/** The query of \`${call.resource}.${call.name}\`. */`,
    `export type ${queryName(call)} = NonNullable<Schema[${JSON.stringify(call.id)}]["parameters"]["query"]>;`,
    "",
  ].join("\n");

const hasSecrets = (call: Call): boolean => Object.keys(call.secrets).length > 0;

const baseOptions = (call: Call): string =>
  call.idempotencyKey ? "IdempotentRequestOptions" : "RequestOptions";

const optionsName = (call: Call): string =>
  hasSecrets(call) ? `${pascalCase(call.id)}Options` : baseOptions(call);

// An interface and no intersection: the compiler makes it once.
const optionsType = (call: Call): string =>
  [
    `/** The options of \`${call.resource}.${call.name}\`. */`,
    `export interface ${optionsName(call)} extends ${baseOptions(call)} {`,
    ...Object.entries(call.secrets).map(
      ([option, header]) => `  /** A secret, sent as \`${header}\`. */\n  readonly ${option}: string;`,
    ),
    "}",
    "",
  ].join("\n");

function resourceInterface(resource: string, calls: Call[], schemas: SchemaTypes): string {
  return [
    `/** The methods of \`${resource}\`. */`,
    `export interface ${pascalCase(resource)}Resource {`,
    ...calls.map((call) => `  /**${documentation(call)}*/\n  ${signature(call, schemas)}`),
    "}",
    "",
  ].join("\n");
}

function signature(call: Call, schemas: SchemaTypes): string {
  const parameters = [
    ...call.ids.map((id) => `${camelCase(id)}: string`),
    ...(call.body ? [`body${call.body.required ? "" : "?"}: ${schemas.type(call.body)}`] : []),
    ...(call.query ? [`query${call.query.required ? "" : "?"}: ${queryName(call)}`] : []),
    `options${hasSecrets(call) ? "" : "?"}: ${optionsName(call)}`,
  ];
  return `${call.name}(${requiredLast(parameters).join(", ")}): ${result(call, schemas)};`;
}

// TypeScript takes no required parameter after an optional one: what may be left out there is given as undefined.
function requiredLast(parameters: string[]): string[] {
  const last = parameters.findLastIndex((parameter) => !/^\w+\?:/.test(parameter));
  return parameters.map((parameter, index) =>
    index < last ? parameter.replace(/^(\w+)\?: (.*)$/, "$1: $2 | undefined") : parameter,
  );
}

function result(call: Call, schemas: SchemaTypes): string {
  const answer =
    call.responses.find(({ status }) => /^2/.test(status)) ??
    call.responses.find(({ status }) => status === "default");
  if (!answer?.mediaType) return "OnePayPromise<void>";
  if (!call.pagination) return `OnePayPromise<${schemas.type(answer)}>`;
  const item = schemas.item(answer.schema, call.pagination.items);
  return item ? `PagePromise<${item}>` : `PagePromise<unknown>`;
}

function documentation(call: Call): string {
  const { summary = "", description = "", externalDocs, deprecated } = call.operation;
  const errors = call.responses
    .filter(({ status }) => !/^[123]/.test(status))
    .map(({ status, description: text }) => `- \`${status}\`: ${text.replace(/\s*\n\s*/g, " ").trim()}`);
  return commentBody(
    [
      summary && !/[.!?]$/.test(summary.trim()) ? `${summary.trim()}.` : summary,
      description,
      `\`${call.method.toUpperCase()} ${call.path}\``,
      errors.length > 0 ? ["Errors, by status:", ...errors].join("\n") : "",
      [deprecated ? "@deprecated" : "", externalDocs ? `@see ${externalDocs.url}` : ""]
        .filter(Boolean)
        .join("\n"),
    ],
    "  ",
  );
}

interface SchemaTypes {
  /** The type of a body: the exported name of its schema where it has one. */
  type(content: { schema?: Schema; access: string }): string;
  /** The type of one item of a list. */
  item(schema: Schema | undefined, property: string): string | undefined;
  used(): string[];
}

function schemaTypes(document: Document, names: Map<string, string>): SchemaTypes {
  const used = new Set<string>();
  const named = (schema: Schema | undefined): string | undefined => {
    const [, component] = /^#\/components\/schemas\/([^/]+)$/.exec(schema?.$ref ?? "") ?? [];
    const name =
      component && names.get(decodeURIComponent(component).replaceAll("~1", "/").replaceAll("~0", "~"));
    if (!name) return undefined;
    used.add(name);
    return local(name);
  };
  // A schema of the document may bear the name of something that stands in this file already.
  const local = (name: string): string =>
    runtimeTypes.includes(name) ||
    name === "Resources" ||
    name === "Schema" ||
    /(Resource|Query|Options)$/.test(name)
      ? `${name}Schema`
      : name;
  const itemsOf = (schema: Schema | undefined, property: string, depth = 0): Schema | undefined => {
    if (!schema || depth > 8) return undefined;
    const target = resolve<Schema>(document, schema);
    if (target.items) return target.items;
    if (target.properties?.[property]) return itemsOf(target.properties[property], property, depth + 1);
    for (const member of [...(target.oneOf ?? []), ...(target.anyOf ?? []), ...(target.allOf ?? [])]) {
      const found = itemsOf(member, property, depth + 1);
      if (found) return found;
    }
    return undefined;
  };
  return {
    type: ({ schema, access }) => named(schema) ?? access.replace(/\boperations\[/, "Schema["),
    item: (schema, property) => named(itemsOf(schema, property)),
    used: () => [...used].sort().map((name) => (local(name) === name ? name : `${name} as ${local(name)}`)),
  };
}
