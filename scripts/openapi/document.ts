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
  schema?: SchemaObject;
  examples?: Record<string, Example | Reference>;
}

export interface Example {
  summary?: string;
  value?: unknown;
}

export interface SecurityScheme {
  type: string;
  scheme?: string;
  in?: string;
  name?: string;
}

export interface SchemaObject {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, SchemaObject>;
  items?: SchemaObject;
  oneOf?: SchemaObject[];
  anyOf?: SchemaObject[];
  allOf?: SchemaObject[];
  "x-unit"?: string;
}

/** A JSON Schema with the keywords that the contract tests read. Other keywords are kept as they are. */
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

/** Anything with examples: a media type, a parameter, a header. */
export interface WithExamples {
  example?: unknown;
  examples?: Record<string, { value?: unknown; $ref?: string }>;
  "x-counterexamples"?: Record<string, { value?: unknown; $ref?: string }>;
}

export interface ParameterObject extends WithExamples {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  style?: string;
  explode?: boolean;
  schema?: Schema;
}

export interface HeaderObject extends Omit<ParameterObject, "name" | "in"> {}

export interface MediaTypeObject extends WithExamples {
  schema?: Schema;
}

export interface RequestBodyNode {
  required?: boolean;
  content?: Record<string, MediaTypeObject>;
}

export interface ResponseNode {
  headers?: Record<string, HeaderObject>;
  content?: Record<string, MediaTypeObject>;
}
