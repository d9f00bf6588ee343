// Reading the bundled document: places, references, and what applies to an operation.
import {
  type Document,
  type Method,
  operationsOf,
  resolve,
  type SecurityScheme,
} from "../generate/openapi.js";
import { escapeKey, unescapeKey } from "./case.js";

export type { Document };

/** A JSON Schema as far as the derivation reads it; the keywords it does not know stay as they are. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  unevaluatedProperties?: boolean | Schema;
  minProperties?: number;
  maxProperties?: number;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  [keyword: string]: unknown;
}

/** A value of the document together with the JSON pointer to it. */
export interface Node<T = Schema> {
  pointer: string;
  value: T;
}

/** The value at a JSON pointer (`#/components/…`); undefined where there is none. */
export function at(document: unknown, pointer: string): unknown {
  let value = document;
  for (const part of pointer.split("/").slice(1)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[unescapeKey(decodeURIComponent(part))];
  }
  return value;
}

/** The node below a node. */
export function below<T>({ pointer, value }: Node<unknown>, ...keys: (string | number)[]): Node<T> {
  let deeper = value;
  for (const key of keys) deeper = (deeper as Record<string, unknown> | undefined)?.[key];
  return {
    pointer: [pointer, ...keys.map((key) => escapeKey(String(key)))].join("/"),
    value: deeper as T,
  };
}

/** The node itself, or what its `$ref` points at. */
export function follow<T>(document: Document, node: Node<T>): Node<T> {
  const seen = new Set<string>();
  let here: Node<unknown> = node;
  for (;;) {
    const ref = (here.value as { $ref?: string } | undefined)?.$ref;
    if (ref === undefined || seen.has(ref)) return here as Node<T>;
    seen.add(ref);
    here = { pointer: ref, value: at(document, ref) };
  }
}

/**
 * Every schema that a value at this place must meet: the schema, what it refers to, the members of `allOf`.
 * What a schema for which `stop` holds refers to is left out, except in `allOf`, where a mistake that the one member
 * would notice may be noticed by another.
 */
export function flatten(
  document: Document,
  node: Node,
  stop: (pointer: string) => boolean = () => false,
  seen = new Set<string>(),
): Node[] {
  if (typeof node.value !== "object" || node.value === null || seen.has(node.pointer)) return [];
  seen.add(node.pointer);
  if (stop(node.pointer)) return [node];
  const { $ref, allOf = [] } = node.value;
  const target = $ref === undefined ? [] : [{ pointer: $ref, value: at(document, $ref) as Schema }];
  const members = allOf.map((_, index) => below<Schema>(node, "allOf", index));
  return [
    node,
    ...target.flatMap((next) => flatten(document, next, stop, seen)),
    ...members.flatMap((next) => flatten(document, next, undefined, seen)),
  ];
}

export interface ParameterObject extends Exemplified {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  style?: string;
  explode?: boolean;
  schema?: Schema;
}

export interface MediaTypeObject extends Exemplified {
  schema?: Schema;
}

export interface RequestBodyObject {
  required?: boolean;
  content?: Record<string, MediaTypeObject>;
}

export interface HeaderObject extends Omit<ParameterObject, "name" | "in"> {}

export interface ResponseObject {
  headers?: Record<string, HeaderObject>;
  content?: Record<string, MediaTypeObject>;
}

/** An operation with everything it refers to, each part with its pointer. */
export interface OperationNode {
  id: string;
  path: string;
  method: Method;
  pointer: string;
  /** Methods that are documented on the same path. */
  siblings: string[];
  parameters: Node<ParameterObject>[];
  body: Node<RequestBodyObject> | undefined;
  responses: { status: string; entry: string; response: Node<ResponseObject> }[];
  /** Any one of the requirements will do; all schemes of a requirement are needed. */
  security: { pointer: string; requirements: SecurityNode[][] };
}

export interface SecurityNode {
  name: string;
  scheme: SecurityScheme;
}

const verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** All operations of the document, in its order. */
export function operations(document: Document): OperationNode[] {
  return [...operationsOf(document)].map(({ path, method, item, operation }) => {
    const owner = follow(document, { pointer: `#/paths/${escapeKey(path)}`, value: item });
    const self = below<Record<string, unknown>>({ pointer: owner.pointer, value: item }, method);
    const own = list(document, below(self, "parameters"));
    const inherited = list(document, below({ ...owner, value: item }, "parameters")).filter(
      ({ value }) => !own.some((other) => other.value.name === value.name && other.value.in === value.in),
    );
    const body = below<RequestBodyObject | undefined>(self, "requestBody");
    const requirements = operation.security ?? document.security ?? [];
    return {
      id: operation.operationId ?? `${method} ${path}`,
      path,
      method,
      pointer: self.pointer,
      siblings: Object.keys(item).filter((key) => verbs.includes(key)),
      parameters: [...inherited, ...own],
      body: body.value === undefined ? undefined : follow(document, body as Node<RequestBodyObject>),
      responses: Object.keys(operation.responses ?? {}).map((status) => {
        const entry = below<ResponseObject>(self, "responses", status);
        return { status, entry: entry.pointer, response: follow(document, entry) };
      }),
      security: {
        pointer: operation.security ? `${self.pointer}/security` : "#/security",
        requirements: requirements.map((requirement) =>
          Object.keys(requirement).map((name) => ({
            name,
            scheme: resolve(document, document.components?.securitySchemes?.[name] as SecurityScheme),
          })),
        ),
      },
    };
  });
}

function list(document: Document, node: Node<unknown>): Node<ParameterObject>[] {
  if (!Array.isArray(node.value)) return [];
  return node.value.map((_, index) => follow(document, below<ParameterObject>(node, index)));
}

/** What has examples: a media type, a parameter, a header. */
interface Exemplified {
  example?: unknown;
  examples?: Record<string, { value?: unknown; $ref?: string }>;
  "x-counterexamples"?: Record<string, { value?: unknown; $ref?: string }>;
}

/** The named examples, with the pointer of each entry; a lone `example` has its keyword for a name. */
export function examplesOf(
  document: Document,
  owner: Node<Exemplified>,
  section: "examples" | "x-counterexamples" = "examples",
): { name: string; pointer: string; value: unknown }[] {
  const named = Object.keys(owner.value[section] ?? {}).map((name) => {
    const entry = below<{ value?: unknown }>(owner, section, name);
    return { name, pointer: entry.pointer, value: follow(document, entry).value.value };
  });
  if (named.length > 0 || section !== "examples" || owner.value.example === undefined) return named;
  return [{ name: "example", pointer: `${owner.pointer}/example`, value: owner.value.example }];
}
