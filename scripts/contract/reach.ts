// Which schemas an operation leads to: from its parameters, bodies and headers down through every reference.
import {
  at,
  below,
  type Document,
  follow,
  type HeaderObject,
  type MediaTypeObject,
  type Node,
  type OperationNode,
  type Schema,
} from "./document.js";
import { isObject } from "./values.js";

/** A schema on an operation's way. `wire`: its values travel as text, where 5 and "5" are the same. */
export interface Reached {
  node: Node;
  wire: boolean;
}

/** A media type of a request body or a response, with its name. */
export interface Media extends Node<MediaTypeObject> {
  type: string;
}

export function mediaOf(owner: Node<{ content?: Record<string, MediaTypeObject> }> | undefined): Media[] {
  if (!owner) return [];
  return Object.keys(owner.value.content ?? {}).map((type) => ({
    type,
    ...below<MediaTypeObject>(owner, "content", type),
  }));
}

/** The headers of a response. */
export const headersOf = (document: Document, response: OperationNode["responses"][number]["response"]) =>
  Object.keys(response.value.headers ?? {}).map((name) => ({
    name,
    node: follow(document, below<HeaderObject>(response, "headers", name)),
  }));

/** Every schema that an operation leads to, each once. */
export function schemasOf(document: Document, operation: OperationNode): Reached[] {
  const headers = operation.responses.flatMap(({ response }) =>
    headersOf(document, response).map(({ node }) => node),
  );
  const media = [
    ...mediaOf(operation.body),
    ...operation.responses.flatMap(({ response }) => mediaOf(response)),
  ];
  const found: Reached[] = [];
  const seen = new Set<string>();
  const descend = (node: Node, wire: boolean): void => {
    const { pointer, value } = node;
    if (!isObject(value) || seen.has(pointer)) return;
    seen.add(pointer);
    found.push({ node, wire });
    if (value.$ref !== undefined)
      descend({ pointer: value.$ref, value: at(document, value.$ref) as Schema }, wire);
    for (const keyword of singles) if (isObject(value[keyword])) descend(below(node, keyword), wire);
    for (const keyword of several)
      for (const key of Object.keys((value[keyword] as object | undefined) ?? {}))
        descend(below(node, keyword, key), wire);
  };
  for (const each of [...operation.parameters, ...headers]) descend(below<Schema>(each, "schema"), true);
  for (const each of media) descend(below<Schema>(each, "schema"), false);
  return found;
}

const singles = [
  ...["items", "additionalProperties", "unevaluatedProperties", "not", "if", "then", "else", "contains"],
];
const several = [
  ...["properties", "patternProperties", "dependentSchemas", "$defs"],
  ...["allOf", "oneOf", "anyOf", "prefixItems"],
];
