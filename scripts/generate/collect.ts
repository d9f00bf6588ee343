// Reads from the bundled document what the client needs to know about each operation.
import { nameOperations } from "../../spec/rules/method-name/name.js";
import type {
  Document,
  MediaTypeObject,
  Method,
  OperationObject,
  ParameterObject,
  Reference,
  RequestBody,
  ResponseObject,
  Schema,
  SecurityScheme,
} from "../openapi/document.js";
import { type OperationEntry, operationsOf } from "../openapi/operations.js";
import { resolve } from "../openapi/references.js";
import { credentialName, uniqueName } from "./names.js";

/** An operation as a method of the client. */
export interface ClientOperation {
  id: string;
  method: Method;
  path: string;
  resource: string;
  name: string;
  operation: OperationObject;
  retry: "safe" | "with-key" | "never";
  /** The header of the idempotency key, in lower case. */
  idempotencyKey?: string;
  /** Names of the path parameters, in the order of the path. */
  ids: string[];
  parameters: ParameterObject[];
  body?: Content & { required: boolean; description?: string };
  query?: { required: boolean };
  /** What callers pass in addition to the API key. */
  credentials: Credential[];
  pagination?: { page: string; items: string };
  responses: ({ status: string; description: string } & Content)[];
}

/** A call option that becomes a header. */
export interface Credential {
  option: string;
  header: string;
  description?: string;
}

/** A request or response body. `access` is its type, as an access to `operations` of openapi-typescript. */
export interface Content {
  mediaType?: string;
  media?: MediaTypeObject;
  schema?: Schema;
  access: string;
  /** Media types that aren't JSON, if there are no others. */
  otherMediaTypes?: string[];
}

export interface CollectedOperations {
  operations: ClientOperation[];
  /** Operations that the client can't call, each with the reason. */
  skipped: string[];
}

/** Every operation of the document, with its resource and its method name. */
export function collectOperations(document: Document): CollectedOperations {
  const operations: ClientOperation[] = [];
  const skipped: string[] = [];
  const entries = [...operationsOf(document)];
  const names = nameOperations(
    entries.map(({ operation, method, path }) => ({ ...operation, method, path })),
  );
  for (const [index, entry] of entries.entries()) {
    const name = names[index];
    // document.ts has reported such a document before.
    if (!name || "problem" in name) throw new Error(name?.problem);
    const operation = collectOperation(document, entry, name);
    const reason = reasonToSkip(operation);
    if (reason) skipped.push(reason);
    else operations.push(operation);
  }
  return { operations, skipped };
}

function reasonToSkip({ id, body, ...operation }: ClientOperation): string | undefined {
  if (body && !body.mediaType) {
    return `${id} takes ${list(body.otherMediaTypes)}. The client sends only JSON.`;
  }
  const success = successOf(operation);
  if (success?.otherMediaTypes) {
    return `${id} returns ${list(success.otherMediaTypes)}. The client reads only JSON.`;
  }
  return undefined;
}

const list = (mediaTypes: string[] = []): string => mediaTypes.join(", ") || "a body without a media type";

/** The response of a successful call: the first one with JSON, or else the first one. */
export function successOf({
  responses,
}: Pick<ClientOperation, "responses">): ClientOperation["responses"][number] | undefined {
  const successes = responses.filter(({ status }) => status.startsWith("2"));
  return (
    successes.find(({ mediaType }) => mediaType) ??
    successes[0] ??
    responses.find(({ status }) => status === "default")
  );
}

function collectOperation(
  document: Document,
  { path, method, item, operation }: OperationEntry,
  name: { resource: string; method: string },
): ClientOperation {
  const id = operation.operationId ?? "";
  const parameters = collectParameters(document, item.parameters, operation.parameters);
  const retry = operation["x-retry"] ?? (method === "get" || method === "head" ? "safe" : "never");
  const idempotencyKey = retry === "with-key" ? parameters.find(isIdempotencyKey)?.name : undefined;
  const query = parameters.filter((parameter) => parameter.in === "query");
  const body = collectBody(document, id, operation);
  return {
    id,
    method,
    path,
    resource: name.resource,
    name: name.method,
    operation,
    // Without an idempotency key, the server could act twice.
    retry: retry === "with-key" && !idempotencyKey ? "never" : retry,
    ...(idempotencyKey && { idempotencyKey: idempotencyKey.toLowerCase() }),
    ids: [...path.matchAll(/\{(.+?)\}/g)].map(([, parameter]) => parameter ?? ""),
    parameters,
    ...(body && { body }),
    ...(query.length > 0 && { query: { required: query.some((parameter) => parameter.required) } }),
    credentials: collectCredentials(document, operation),
    ...(operation["x-pagination"] && { pagination: operation["x-pagination"] }),
    responses: collectResponses(document, id, operation),
  };
}

const isIdempotencyKey = (parameter: ParameterObject): boolean =>
  parameter.in === "header" && /idempoten/i.test(parameter.name);

/** The parameters of the path and of the operation. Those of the operation replace those of the path. */
function collectParameters(
  document: Document,
  ...lists: ((ParameterObject | Reference)[] | undefined)[]
): ParameterObject[] {
  const byName = new Map<string, ParameterObject>();
  for (const entry of lists.flatMap((parameters) => parameters ?? [])) {
    const parameter = resolve<ParameterObject>(document, entry);
    byName.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...byName.values()];
}

// An API key in a header is an option of each call. A bearer token is the API key of the client. For other schemes,
// callers set the header themselves.
function collectCredentials(document: Document, operation: OperationObject): Credential[] {
  const [requirement = {}] = operation.security ?? document.security ?? [];
  const taken = new Set<string>();
  return Object.keys(requirement).flatMap((name) => {
    const reference = { $ref: `#/components/securitySchemes/${escapePointer(name)}` };
    const { type, in: place, name: header, description } = resolve<SecurityScheme>(document, reference);
    if (type !== "apiKey" || place !== "header" || !header) return [];
    const option = uniqueName(credentialName(name), taken);
    return [{ option, header: header.toLowerCase(), ...(description && { description }) }];
  });
}

const escapePointer = (key: string): string =>
  encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

function collectBody(document: Document, id: string, operation: OperationObject): ClientOperation["body"] {
  if (!operation.requestBody) return undefined;
  const { content, required = false, description } = resolve<RequestBody>(document, operation.requestBody);
  const access = `${operationAccess(id)}["requestBody"]`;
  return {
    ...jsonContent(content, required ? access : `NonNullable<${access}>`),
    required,
    ...(description && { description }),
  };
}

function collectResponses(
  document: Document,
  id: string,
  operation: OperationObject,
): ClientOperation["responses"] {
  return Object.entries(operation.responses ?? {})
    .filter(([status]) => !status.startsWith("x-"))
    .map(([status, value]) => {
      const { description = "", content } = resolve<ResponseObject>(document, value);
      const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
      return { status, description, ...jsonContent(content, `${operationAccess(id)}["responses"][${key}]`) };
    });
}

// openapi-typescript replaces each # in an operationId.
const operationAccess = (id: string): string => `operations[${JSON.stringify(id.replaceAll("#", "/"))}]`;

/** The JSON content of a body. A wildcard includes JSON, and the client asks for JSON. */
function jsonContent(content: ResponseObject["content"] = {}, access: string): Content {
  const mediaTypes = Object.keys(content);
  const mediaType = mediaTypes.find(isJson) ?? mediaTypes.find((type) => /^(\*|application)\/\*/.test(type));
  if (!mediaType) return { access, ...(mediaTypes.length > 0 && { otherMediaTypes: mediaTypes }) };
  const media = content[mediaType] ?? {};
  return {
    mediaType,
    media,
    ...(media.schema && { schema: media.schema }),
    access: `${access}["content"][${JSON.stringify(mediaType)}]`,
  };
}

const isJson = (mediaType: string): boolean => /[/+]json\b/i.test(mediaType);
