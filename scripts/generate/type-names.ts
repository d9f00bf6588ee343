// The names of types in operations.ts: those of the runtime, of the document's schemas, and of the generated code.
import { pascalCase } from "../../spec/rules/method-name/name.js";
import type { Document, Schema } from "../openapi/document.js";
import { resolve } from "../openapi/references.js";
import type { ClientOperation, Content } from "./collect.js";
import { uniqueName } from "./names.js";

/** What operations.ts imports from src/types.ts. */
export const runtimeTypes = [
  "IdempotentRequestOptions",
  "OnePayPromise",
  "Operation",
  "PagePromise",
  "RequestOptions",
];

// The name of `operations` of schema.ts, and TypeScript's own types that operations.ts uses.
const otherNames = ["Schema", "NonNullable", "Record"];

export interface TypeNames {
  resources: string;
  /** The interface of a resource. */
  resource(name: string): string;
  /** The query type of an operation. */
  query(operation: ClientOperation): string;
  /** The options type of an operation with credentials. */
  options(operation: ClientOperation): string;
  /** The type of a body: the name of its schema, if it has one. */
  body(content: Content): string;
  /** The type of the items in a page. */
  item(schema: Schema | undefined, property: string): string;
  /** Imports of the schema types that were used: `Account`, or `Operation as OperationSchema`. */
  imports(): string[];
}

/** `schemas` maps each component schema to its exported type. */
export function typeNames(
  document: Document,
  operations: ClientOperation[],
  schemas: Map<string, string>,
): TypeNames {
  const taken = new Set([...runtimeTypes, ...otherNames]);
  const reserved = new Set(taken);
  for (const name of schemas.values()) taken.add(name);
  const resources = uniqueName("Resources", taken);
  const resourceNames = new Map<string, string>();
  const queryNames = new Map<string, string>();
  const optionsNames = new Map<string, string>();
  for (const { id, resource } of operations) {
    if (!resourceNames.has(resource)) {
      resourceNames.set(resource, uniqueName(`${pascalCase(resource)}Resource`, taken));
    }
    queryNames.set(id, uniqueName(`${pascalCase(id)}Query`, taken));
    optionsNames.set(id, uniqueName(`${pascalCase(id)}Options`, taken));
  }

  // A schema whose name belongs to the runtime is imported under another one.
  const localNames = new Map<string, string>();
  const used = new Set<string>();
  const local = (name: string): string => {
    used.add(name);
    if (!reserved.has(name)) return name;
    const known = localNames.get(name) ?? uniqueName(`${name}Schema`, taken);
    localNames.set(name, known);
    return known;
  };
  const schemaName = (schema: Schema | undefined): string | undefined => {
    const name = schemas.get(componentOf(schema) ?? "");
    return name && local(name);
  };
  return {
    resources,
    resource: (name) => resourceNames.get(name) ?? "",
    query: ({ id }) => queryNames.get(id) ?? "",
    options: ({ id }) => optionsNames.get(id) ?? "",
    body: ({ schema, access }) => schemaName(schema) ?? access.replace(/\boperations\[/, "Schema["),
    item: (schema, property) => schemaName(itemSchema(document, schema, property)) ?? "unknown",
    imports: () =>
      [...used].sort().map((name) => (localNames.has(name) ? `${name} as ${localNames.get(name)}` : name)),
  };
}

/** `X` of a reference to `#/components/schemas/X`. */
export function componentOf(schema: Schema | undefined): string | undefined {
  const [, component] = /^#\/components\/schemas\/([^/]+)$/.exec(schema?.$ref ?? "") ?? [];
  return component && decodeURIComponent(component).replaceAll("~1", "/").replaceAll("~0", "~");
}

// Deeper than any real document nests them: a schema may contain itself.
const maxDepth = 8;

/** The schema of the items of a list, which is an array or an object with the array in a property. */
export function itemSchema(
  document: Document,
  schema: Schema | undefined,
  property: string,
  depth = 0,
): Schema | undefined {
  if (!schema || depth > maxDepth) return undefined;
  const { items, properties, oneOf = [], anyOf = [], allOf = [] } = resolve<Schema>(document, schema);
  if (items) return items;
  const nested = properties && Object.hasOwn(properties, property) ? properties[property] : undefined;
  if (nested) return itemSchema(document, nested, property, depth + 1);
  for (const member of [...oneOf, ...anyOf, ...allOf]) {
    const found = itemSchema(document, member, property, depth + 1);
    if (found) return found;
  }
  return undefined;
}
