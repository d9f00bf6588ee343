// What the client needs to know of each operation, read from the bundled document.
import { camelCase, nameOf } from "../../spec/rules/method-name/name.js";
import {
  type Document,
  type Method,
  type OperationObject,
  operationsOf,
  type Parameter,
  type Reference,
  type RequestBody,
  type ResponseObject,
  resolve,
  type Schema,
  type SecurityScheme,
} from "./openapi.js";

export interface Call {
  id: string;
  method: Method;
  path: string;
  resource: string;
  name: string;
  operation: OperationObject;
  retry: "safe" | "with-key" | "never";
  idempotencyKey?: string;
  /** Names of the path's parameters, in the order in which they stand in it. */
  ids: string[];
  body?: Content & { required: boolean };
  query?: { required: boolean };
  /** What a caller gives beside the API key: call option → header. */
  secrets: Record<string, string>;
  pagination?: { page: string; items: string };
  responses: ({ status: string; description: string } & Content)[];
}

/** A body: its media type and schema, and the keys that lead to its type in openapi-typescript's `operations`. */
export interface Content {
  mediaType?: string;
  schema?: Schema;
  access: string;
}

/** Every operation of the document; those that the flat methods cannot carry are named in `left`, with the reason. */
export function callsOf(document: Document): { calls: Call[]; left: string[] } {
  const calls: Call[] = [];
  const left: string[] = [];
  for (const entry of operationsOf(document)) {
    const name = nameOf(entry.operation);
    // The rule has been held against the document before: see redocly.yaml beside this file.
    if (typeof name === "string") throw new Error(name);
    const id = entry.operation.operationId ?? "";
    const call = callOf(document, id, name, entry);
    if (call.body && !call.body.mediaType) {
      left.push(`${id} takes no JSON body, so the client cannot call it`);
    } else calls.push(call);
  }
  return { calls, left };
}

function callOf(
  document: Document,
  id: string,
  name: { resource: string; method: string },
  { path, method, item, operation }: ReturnType<typeof operationsOf> extends Generator<infer E> ? E : never,
): Call {
  const parameters = parametersOf(document, item.parameters, operation.parameters);
  const asked = operation["x-retry"] ?? (method === "get" || method === "head" ? "safe" : "never");
  const key = asked === "with-key" ? parameters.find(isIdempotencyKey)?.name : undefined;
  // Without a key to send it under, the server could do it twice.
  const retry = asked === "with-key" && !key ? "never" : asked;
  const query = parameters.filter((parameter) => parameter.in === "query");
  const body = bodyOf(document, id, operation);
  return {
    id,
    method,
    path,
    resource: name.resource,
    name: name.method,
    operation,
    retry,
    ...(key && { idempotencyKey: key.toLowerCase() }),
    ids: [...path.matchAll(/\{(.+?)\}/g)].map(([, parameter]) => parameter ?? ""),
    ...(body && { body }),
    ...(query.length > 0 && { query: { required: query.some((parameter) => parameter.required) } }),
    secrets: secretsOf(document, operation),
    ...(operation["x-pagination"] && { pagination: operation["x-pagination"] }),
    responses: responsesOf(document, id, operation),
  };
}

// The document's own extension says which header makes a repeated POST harmless: `x-retry: with-key` demands exactly one.
const isIdempotencyKey = (parameter: Parameter): boolean =>
  parameter.in === "header" && /idempoten/i.test(parameter.name);

function parametersOf(document: Document, ...lists: ((Parameter | Reference)[] | undefined)[]): Parameter[] {
  const byName = new Map<string, Parameter>();
  for (const entry of lists.flatMap((list) => list ?? [])) {
    const parameter = resolve<Parameter>(document, entry);
    byName.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...byName.values()];
}

// An API key in a header is given call by call; a bearer key is the client's own, and other schemes are its user's to set as headers.
function secretsOf(document: Document, operation: OperationObject): Record<string, string> {
  const [first = {}] = operation.security ?? document.security ?? [];
  const secrets: Record<string, string> = {};
  for (const name of Object.keys(first)) {
    const scheme = resolve<SecurityScheme>(document, { $ref: `#/components/securitySchemes/${name}` });
    if (scheme.type === "apiKey" && scheme.in === "header" && scheme.name)
      secrets[camelCase(name)] = scheme.name.toLowerCase();
  }
  return secrets;
}

function bodyOf(document: Document, id: string, operation: OperationObject): Call["body"] {
  if (!operation.requestBody) return undefined;
  const body = resolve<RequestBody>(document, operation.requestBody);
  const required = body.required ?? false;
  const content = json(body.content, `operations[${JSON.stringify(id)}]["requestBody"]`);
  return { ...content, access: required ? content.access : `NonNullable<${content.access}>`, required };
}

function responsesOf(document: Document, id: string, operation: OperationObject): Call["responses"] {
  return Object.entries(operation.responses ?? {}).map(([status, value]) => {
    const response = resolve<ResponseObject>(document, value);
    const index = /^\d+$/.test(status) ? status : JSON.stringify(status);
    const content = json(response.content, `operations[${JSON.stringify(id)}]["responses"][${index}]`);
    return { status, description: response.description ?? "", ...content };
  });
}

function json(content: ResponseObject["content"], access: string): Content {
  const mediaType = Object.keys(content ?? {}).find((type) => /[/+]json\b/i.test(type));
  if (!mediaType) return { access };
  const schema = content?.[mediaType]?.schema;
  return {
    mediaType,
    ...(schema && { schema }),
    access: `${access}["content"][${JSON.stringify(mediaType)}]`,
  };
}
