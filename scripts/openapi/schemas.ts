// The schemas, media types, headers and examples of an operation.
import type { Document, HeaderObject, MediaTypeObject, Schema } from "./document.js";
import type { OperationNode } from "./operations.js";
import { valueAt } from "./pointers.js";
import { child, follow, type Node, resolve } from "./references.js";

export type SchemaNode = Node<Schema>;

/**
 * Every schema that a value must match: the schema itself, its `$ref`, the members of its `allOf`. References of a
 * schema for which `stop` returns true are left out, except inside `allOf`: there one member can hide the mistakes of
 * another.
 */
export function flatten(
  document: Document,
  node: SchemaNode,
  stop: (pointer: string) => boolean = () => false,
  seen = new Set<string>(),
): SchemaNode[] {
  if (typeof node.value !== "object" || node.value === null || seen.has(node.pointer)) return [];
  seen.add(node.pointer);
  if (stop(node.pointer)) return [node];
  const { $ref, allOf = [] } = node.value;
  const target = $ref === undefined ? [] : [{ pointer: $ref, value: valueAt(document, $ref) as Schema }];
  const members = allOf.map((_, index) => child<Schema>(node, "allOf", index));
  return [
    node,
    ...target.flatMap((next) => flatten(document, next, stop, seen)),
    ...members.flatMap((next) => flatten(document, next, undefined, seen)),
  ];
}

/** The members of a schema's `oneOf` or `anyOf`. */
export function branches(node: SchemaNode): SchemaNode[] {
  const keyword = node.value.oneOf ? "oneOf" : "anyOf";
  return (node.value[keyword] ?? []).map((_, index) => child<Schema>(node, keyword, index));
}

/** The types that all of the schemas allow. Empty if no schema has a type. */
export function typesOf(nodes: SchemaNode[]): string[] {
  const lists = nodes.flatMap(({ value: { type } }) => (type === undefined ? [] : [[type].flat()]));
  const [first = [], ...others] = lists;
  return first.filter((type) => others.every((other) => other.includes(type)));
}

/** A media type of a request body or a response, with its name. */
export interface MediaTypeNode extends Node<MediaTypeObject> {
  type: string;
}

export function mediaTypesOf(
  owner: Node<{ content?: Record<string, MediaTypeObject> }> | undefined,
): MediaTypeNode[] {
  if (!owner) return [];
  return Object.keys(owner.value.content ?? {}).map((type) => ({
    type,
    ...child<MediaTypeObject>(owner, "content", type),
  }));
}

/** The headers of a response. */
export const headersOf = (document: Document, response: OperationNode["responses"][number]["response"]) =>
  Object.keys(response.value.headers ?? {}).map((name) => ({
    name,
    node: follow(document, child<HeaderObject>(response, "headers", name)),
  }));

/** Named examples, with the JSON pointer to each. A single `example` gets the name `example`. */
export function examplesOf(
  document: Document,
  owner: Node<MediaTypeObject>,
  section: "examples" | "x-counterexamples" = "examples",
): { name: string; pointer: string; value: unknown }[] {
  const named = Object.keys(owner.value[section] ?? {}).map((name) => {
    const entry = child<{ value?: unknown }>(owner, section, name);
    return { name, pointer: entry.pointer, value: follow(document, entry).value.value };
  });
  if (named.length > 0 || section !== "examples" || owner.value.example === undefined) return named;
  return [{ name: "example", pointer: `${owner.pointer}/example`, value: owner.value.example }];
}

/** A schema that an operation uses. */
export interface UsedSchema {
  node: SchemaNode;
  /** Whether its values are sent as strings, so that 5 and "5" are the same: in a path, a query or a header. */
  isString: boolean;
}

/** Every schema that an operation uses, directly or through references. Each is listed once. */
export function schemasOf(document: Document, operation: OperationNode): UsedSchema[] {
  const headers = operation.responses.flatMap(({ response }) =>
    headersOf(document, response).map(({ node }) => node),
  );
  const mediaTypes = [
    ...mediaTypesOf(operation.body),
    ...operation.responses.flatMap(({ response }) => mediaTypesOf(response)),
  ];
  const found: UsedSchema[] = [];
  const seen = new Set<string>();
  const descend = (node: SchemaNode, isString: boolean): void => {
    const { pointer, value } = node;
    if (!isObject(value) || seen.has(pointer)) return;
    seen.add(pointer);
    found.push({ node, isString });
    if (value.$ref !== undefined)
      descend({ pointer: value.$ref, value: valueAt(document, value.$ref) as Schema }, isString);
    for (const keyword of schemaKeywords)
      if (isObject(value[keyword])) descend(child(node, keyword), isString);
    for (const keyword of schemaMapKeywords)
      for (const key of Object.keys((value[keyword] as object | undefined) ?? {}))
        descend(child(node, keyword, key), isString);
  };
  for (const each of [...operation.parameters, ...headers]) descend(child<Schema>(each, "schema"), true);
  for (const each of mediaTypes) descend(child<Schema>(each, "schema"), false);
  return found;
}

/** Keywords whose value is a schema. */
const schemaKeywords = [
  ...["items", "additionalProperties", "unevaluatedProperties", "not", "if", "then", "else", "contains"],
];

/** Keywords whose value is an object or an array of schemas. */
const schemaMapKeywords = [
  ...["properties", "patternProperties", "dependentSchemas", "$defs"],
  ...["allOf", "oneOf", "anyOf", "prefixItems"],
];

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The schemas and the members of their combinations, without references, each once. */
export function partsOf(document: Document, schemas: Schema[], found = new Set<Schema>()): Schema[] {
  for (const each of schemas) {
    const schema = resolve<Schema>(document, each);
    if (found.has(schema)) continue;
    found.add(schema);
    const { allOf = [], oneOf = [], anyOf = [] } = schema;
    partsOf(document, [...allOf, ...oneOf, ...anyOf], found);
  }
  return [...found];
}

/** The property that is a constant in each branch of a `oneOf`. */
export function tagOf(document: Document, branches: Schema[] = []): string | undefined {
  const [first, ...others] = branches.map((branch) => resolve<Schema>(document, branch).properties ?? {});
  if (!first || others.length === 0) return undefined;
  const isTag = (name: string) =>
    [first, ...others].every((properties) => typeof properties[name]?.const === "string");
  return Object.keys(first).find(isTag);
}
