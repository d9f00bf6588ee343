// The types of an OpenAPI 3.1 document, as far as our scripts read it.

export interface Document {
  openapi: string;
  servers?: { url: string }[];
  paths?: Record<string, PathItem>;
  components?: { [section: string]: Record<string, unknown> | undefined };
  security?: SecurityRequirement[];
}

export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
export type Method = (typeof methods)[number];

export type PathItem = { [M in Method]?: OperationObject } & { parameters?: (ParameterObject | Reference)[] };
export type SecurityRequirement = Record<string, string[]>;

export interface OperationObject {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  deprecated?: boolean;
  externalDocs?: { url: string };
  parameters?: (ParameterObject | Reference)[];
  requestBody?: RequestBody | Reference;
  responses?: Record<string, ResponseObject | Reference>;
  security?: SecurityRequirement[];
  "x-retry"?: "safe" | "with-key" | "never";
  "x-pagination"?: { page: string; items: string };
}

export interface Reference {
  $ref: string;
}

export interface Example {
  summary?: string;
  value?: unknown;
}

/** What has a schema and examples: a media type, a parameter, a header. */
export interface MediaTypeObject {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
  "x-counterexamples"?: Record<string, Example>;
}

export interface HeaderObject extends MediaTypeObject {
  description?: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
}

export interface ParameterObject extends HeaderObject {
  name: string;
  in: "path" | "query" | "header" | "cookie";
}

export interface RequestBody {
  required?: boolean;
  description?: string;
  content: Record<string, MediaTypeObject>;
}

export interface ResponseObject {
  description?: string;
  headers?: Record<string, HeaderObject>;
  content?: Record<string, MediaTypeObject>;
}

export interface SecurityScheme {
  type: string;
  description?: string;
  scheme?: string;
  in?: string;
  name?: string;
}

/** A JSON Schema with the keywords that our scripts read. Other keywords are kept as they are. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  example?: unknown;
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
  prefixItems?: Schema[];
  required?: string[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  unevaluatedProperties?: boolean | Schema;
  minProperties?: number;
  maxProperties?: number;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  [keyword: string]: unknown;
}
