// The part of OpenAPI 3.1 that the scripts read: its types, its references and its operations.

export interface Document {
  openapi: string;
  servers?: { url: string }[];
  paths?: Record<string, PathItem>;
  components?: { [section: string]: Record<string, unknown> | undefined };
  security?: SecurityRequirement[];
}

export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
export type Method = (typeof methods)[number];

export type PathItem = { [M in Method]?: OperationObject } & { parameters?: (Parameter | Reference)[] };
export type SecurityRequirement = Record<string, string[]>;

export interface OperationObject {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  deprecated?: boolean;
  externalDocs?: { url: string };
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  responses?: Record<string, ResponseObject | Reference>;
  security?: SecurityRequirement[];
  "x-retry"?: "safe" | "with-key" | "never";
  "x-pagination"?: { page: string; items: string };
}

export interface Reference {
  $ref: string;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
}

export interface RequestBody {
  required?: boolean;
  description?: string;
  content: Record<string, MediaType>;
}

export interface ResponseObject {
  description?: string;
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
}

export interface Example {
  summary?: string;
  value?: unknown;
}

export interface SecurityScheme {
  type: string;
  description?: string;
  scheme?: string;
  in?: string;
  name?: string;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  "x-unit"?: string;
}

/** The target of a `$ref` inside the bundle. Any other object is returned as it is. */
export function resolve<T extends object>(document: Document, value: T | Reference): T {
  let target: unknown = value;
  const seen = new Set<unknown>();
  while (typeof target === "object" && target !== null && "$ref" in target && !seen.has(target)) {
    seen.add(target);
    target = at(document, (target as Reference).$ref);
  }
  return (target ?? {}) as T;
}

/** The value at the JSON pointer of a `$ref` inside the bundle. */
export function at(document: unknown, ref: string): unknown {
  return ref
    .replace(/^#\/?/, "")
    .split("/")
    .filter((part) => part !== "")
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(
      (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      document,
    );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

export interface OperationEntry {
  path: string;
  method: Method;
  item: PathItem;
  operation: OperationObject;
}

/** Every operation of the document, in its order. */
export function* operationsOf(document: Document): Generator<OperationEntry> {
  for (const [path, value] of Object.entries(document.paths ?? {})) {
    const item = resolve<PathItem>(document, value);
    for (const method of methods) {
      const operation = item[method];
      if (operation) yield { path, method, item, operation };
    }
  }
}
