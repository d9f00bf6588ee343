// Reads from the bundled document what the client needs to know about each operation.
import { nameOperations } from "../../spec/rules/method-name/name.js";
import type { Document, MediaTypeObject, ParameterObject } from "../openapi/document.js";
import { isJson } from "../openapi/media-types.js";
import { type OperationNode, operationsOf, readOperations } from "../openapi/operations.js";
import { isSuccess } from "../openapi/statuses.js";
import { credentialName, uniqueName } from "./names.js";

/** An operation as a method of the client. */
export interface ClientOperation extends Pick<OperationNode, "id" | "method" | "path" | "operation"> {
  resource: string;
  name: string;
  retry: "safe" | "with-key" | "never";
  /** The header of the idempotency key, in lower case. */
  idempotencyKey: string | undefined;
  /** The path parameters, in the order of the path. */
  ids: { name: string; parameter: ParameterObject | undefined }[];
  query: ParameterObject[];
  body: (Content & { required: boolean; description: string | undefined }) | undefined;
  /** The body of a successful response. */
  result: Content | undefined;
  /** What callers pass in addition to the API key. */
  credentials: Credential[];
  pagination: { page: string; items: string } | undefined;
}

/** A call option that becomes a header. */
export interface Credential {
  option: string;
  header: string;
  description: string;
}

/** The JSON of a request or a response. */
export interface Content {
  media: MediaTypeObject;
  /** Its type, as an access to openapi-typescript's `operations`, which the caller names. */
  typeIn(operations: string): string;
}

/** Every operation of the document, and the reason for each one that the client can't call. */
export function collectOperations(document: Document): { operations: ClientOperation[]; skipped: string[] } {
  const names = namesOf(document);
  const collected = readOperations(document).map((operation, index) => {
    const name = names[index];
    // document.ts has reported such a document before.
    if (!name || "problem" in name) throw new Error(name?.problem);
    return reasonToSkip(operation) ?? clientOperation(operation, name);
  });
  return {
    operations: collected.filter((each) => typeof each !== "string"),
    skipped: collected.filter((each) => typeof each === "string"),
  };
}

/** The resource and the method of each operation, or the problem with its name. */
export const namesOf = (document: Document) =>
  nameOperations(
    operationsOf(document).map(({ operation, method, path }) => ({ ...operation, method, path })),
  );

function reasonToSkip(operation: OperationNode): string | undefined {
  const { id, body } = operation;
  if (body && !jsonTypeOf(body.value))
    return `${id} takes ${typesOf(body.value)}. The client sends only JSON.`;
  const success = successOf(operation)?.response.value;
  if (Object.keys(success?.content ?? {}).length === 0 || jsonTypeOf(success)) return undefined;
  return `${id} returns ${typesOf(success)}. The client reads only JSON.`;
}

interface WithContent {
  content?: Record<string, MediaTypeObject>;
}

const typesOf = ({ content = {} }: WithContent = {}): string =>
  Object.keys(content).join(", ") || "a body without a media type";

/** The media type that is JSON. A wildcard includes JSON, and the client asks for JSON. */
function jsonTypeOf({ content = {} }: WithContent = {}): string | undefined {
  const types = Object.keys(content);
  return types.find(isJson) ?? types.find((type) => /^(\*|application)\/\*/.test(type));
}

/** The response of a successful call: the first one with JSON, or else the first one. */
function successOf({ responses }: OperationNode) {
  const successes = responses.filter(({ status }) => isSuccess(status));
  return (
    successes.find(({ response }) => jsonTypeOf(response.value)) ??
    successes[0] ??
    responses.find(({ status }) => status === "default")
  );
}

function clientOperation(node: OperationNode, name: { resource: string; method: string }): ClientOperation {
  const { id, method, path, operation } = node;
  const parameters = node.parameters.map(({ value }) => value);
  const retry = operation["x-retry"] ?? (method === "get" || method === "head" ? "safe" : "never");
  const idempotencyKey = retry === "with-key" ? parameters.find(isIdempotencyKey)?.name : undefined;
  const success = successOf(node);
  const { required = false, description } = node.body?.value ?? {};
  const body = contentOf(node.body?.value, id, ["requestBody"], !required);
  return {
    ...{ id, method, path, operation, idempotencyKey: idempotencyKey?.toLowerCase() },
    resource: name.resource,
    name: name.method,
    // Without an idempotency key, the server could act twice.
    retry: retry === "with-key" && !idempotencyKey ? "never" : retry,
    ids: [...path.matchAll(/\{(.+?)\}/g)].map(([, id = ""]) => ({
      name: id,
      parameter: parameters.find((parameter) => parameter.in === "path" && parameter.name === id),
    })),
    query: parameters.filter((parameter) => parameter.in === "query"),
    body: body && { ...body, required, description },
    result: success && contentOf(success.response.value, id, ["responses", success.status]),
    credentials: credentialsOf(node),
    pagination: operation["x-pagination"],
  };
}

const isIdempotencyKey = (parameter: ParameterObject): boolean =>
  parameter.in === "header" && /idempoten/i.test(parameter.name);

// An API key in a header is an option of each call. A bearer token is the API key of the client. For other schemes,
// callers set the header themselves.
function credentialsOf({ security: { requirements } }: OperationNode): Credential[] {
  const taken = new Set<string>();
  return (requirements[0] ?? []).flatMap(({ name, scheme }) => {
    const { type, in: place, name: header, description = "" } = scheme;
    if (type !== "apiKey" || place !== "header" || !header) return [];
    return [{ option: uniqueName(credentialName(name), taken), header: header.toLowerCase(), description }];
  });
}

function contentOf(
  owner: WithContent | undefined,
  id: string,
  keys: string[],
  isOptional = false,
): Content | undefined {
  const type = jsonTypeOf(owner);
  if (!type) return undefined;
  return {
    media: owner?.content?.[type] ?? {},
    typeIn(operations) {
      const access = `${operations}[${operationKey(id)}]${keys.map((key) => `[${typeKey(key)}]`).join("")}`;
      return `${isOptional ? `NonNullable<${access}>` : access}["content"][${JSON.stringify(type)}]`;
    },
  };
}

const typeKey = (key: string): string => (/^\d+$/.test(key) ? key : JSON.stringify(key));

/** The key of an operation in openapi-typescript's `operations`: it replaces each # in an operationId. */
export const operationKey = (id: string): string => JSON.stringify(id.replaceAll("#", "/"));
