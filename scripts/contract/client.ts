// The client's side of the contract: what a caller must get for each response. The client is a parameter, so that
// mutants of it can be tested in the same way.
import { isDeepStrictEqual } from "node:util";
import { isJson } from "../openapi/media-types.js";
import { isObject } from "../openapi/schemas.js";
import type { HttpRequest, HttpResponse, ResponseCase } from "./case.js";

/** The client as plain data: resources with methods. */
export interface AnyClient {
  [resource: string]: { [method: string]: (...args: unknown[]) => Promise<unknown> };
}

/** The part of `generated/operations.ts` that describes how to call a method. */
export interface OperationData {
  resource: string;
  name: string;
  path: string;
  method: string;
  body?: "required" | "optional";
  query?: "required" | "optional";
  pagination?: { page: string; items: string };
  headers?: Record<string, string>;
}

/** The arguments that make the client send a request: ids by position, then the body or the query, then the options. */
export function argumentsOf(operation: OperationData, request: HttpRequest): unknown[] {
  const ids = [...operation.path.matchAll(/\{(.+?)\}/g)].map(([, name = ""]) => request.params[name]);
  const options = Object.entries(operation.headers ?? {}).map(([option, header]) => [
    option,
    request.headers[header],
  ]);
  return [
    ...ids,
    ...(operation.body ? [request.body] : []),
    ...(operation.query ? [request.query] : []),
    Object.fromEntries(options),
  ];
}

/** What a call resolved or rejected with. */
export type CallResult = { data: unknown } | { error: Record<string, unknown> };

export async function call(
  client: AnyClient,
  operation: OperationData,
  request: HttpRequest,
): Promise<CallResult> {
  try {
    const method = client[operation.resource]?.[operation.name];
    if (!method) return { error: { name: "no such method" } };
    return { data: await method(...argumentsOf(operation, request)) };
  } catch (error) {
    return { error: fieldsOf(error) };
  }
}

// Some fields aren't enumerable, so that they don't appear in logs. They are read by name.
const fieldsOf = (error: unknown): Record<string, unknown> => {
  const safe = ["name", "message", "status", "outcome", "operation", "idempotencyKey", "attempts"];
  const others = ["code", "codeName", "fields", "retryAfter", "body"];
  const all = error as Record<string, unknown>;
  return Object.fromEntries([...safe, ...others].map((name) => [name, all[name]]));
};

const errorClasses: Record<number, string> = {
  400: "BadRequestError",
  401: "UnauthorizedError",
  403: "ForbiddenError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  429: "RateLimitError",
};

const errorClass = (status: number): string =>
  status >= 500 ? "ServerError" : (errorClasses[status] ?? "ApiError");

/** Whether a status leaves open if the server acted. A platform can send a DELETE twice without the client knowing. */
const isOutcomeUnknown = ({ method }: OperationData, status: number): boolean =>
  status >= 500 || [408, 409, 421].includes(status) || method.toLowerCase() === "delete";

/** Whether a case leaves the documented example in the body as it is. */
export const hasExampleBody = ({ set = {}, remove = [] }: ResponseCase): boolean =>
  ![...Object.keys(set), ...remove].some((pointer) => pointer.startsWith("/body"));

export interface ClientCase {
  operationId: string;
  operation: OperationData;
  request: HttpRequest;
  response: HttpResponse;
  /** Whether the body is a documented example. If it isn't, the fields of an error can't be predicted. */
  isExample: boolean;
}

/** Compares the result of a call with what the caller must get. */
export function clientDifferences(each: ClientCase, result: CallResult): string[] {
  return each.response.status >= 400 ? errorDifferences(each, result) : successDifferences(each, result);
}

function successDifferences({ operation, response }: ClientCase, result: CallResult): string[] {
  const { status, body, raw, headers } = response;
  const { pagination } = operation;
  const expected = pagination ? itemsOf(pagination.items, body) : body;
  const isReadable =
    raw === undefined &&
    (body === undefined || isJson(headers["content-type"])) &&
    (!pagination || Array.isArray(expected));
  if (!isReadable) {
    if (!("error" in result)) return ["a success that can't be read should be an error"];
    return differences({ name: "InvalidResponseError", outcome: "unknown", status }, result.error);
  }
  if ("error" in result)
    return [`${status} should be a value, but is ${result.error.name}: ${result.error.message}`];
  const data = pagination ? (result.data as { items?: unknown }).items : result.data;
  return isDeepStrictEqual(data, expected) ? [] : [`the value is ${JSON.stringify(data)}`];
}

const itemsOf = (field: string, body: unknown): unknown =>
  Array.isArray(body) ? body : isObject(body) ? body[field] : undefined;

function errorDifferences(
  { operationId, operation, request, response, isExample }: ClientCase,
  result: CallResult,
): string[] {
  const { status, headers, body, raw } = response;
  if ("data" in result) return [`${status} should be an error`];
  const expected: Record<string, unknown> = {
    name: errorClass(status),
    status,
    outcome: isOutcomeUnknown(operation, status) ? "unknown" : "rejected",
    operation: operationId,
    idempotencyKey: request.headers[operation.headers?.idempotencyKey ?? ""],
    attempts: 1,
    // An absent body is read as an empty string.
    body: raw ?? (body === undefined ? "" : body),
  };
  if (isExample && isObject(body)) {
    // The code is a number, or a string of digits.
    expected.code = body.code === undefined ? undefined : Number(body.code);
    expected.codeName = body.code_name;
    expected.fields = fieldErrorsOf(body.errors ?? body.erros);
    const seconds = Number(headers["retry-after"] ?? Number.NaN);
    expected.retryAfter = Number.isNaN(seconds) ? undefined : seconds * 1000;
  }
  return differences(expected, result.error);
}

/** Field errors as a map of messages: from the documented list of `{ key, description }`, or from the observed map. */
function fieldErrorsOf(errors: unknown): Record<string, string[]> {
  const pairs = Array.isArray(errors)
    ? errors.map(({ key, description }) => [key, description] as const)
    : Object.entries((errors ?? {}) as Record<string, string | string[]>).flatMap(([key, messages]) =>
        [messages].flat().map((message) => [key, message] as const),
      );
  const fields: Record<string, string[]> = {};
  for (const [key, message] of pairs) fields[key] = [...(fields[key] ?? []), message];
  return fields;
}

const differences = (expected: Record<string, unknown>, actual: Record<string, unknown>): string[] =>
  Object.entries(expected)
    .filter(([name, value]) => !isEqual(actual[name], value))
    .map(([name, value]) => `${name} is ${JSON.stringify(actual[name])} instead of ${JSON.stringify(value)}`);

/** Compares JSON values. Whether an object has a prototype makes no difference. */
const isEqual = (a: unknown, b: unknown): boolean => isDeepStrictEqual(plain(a), plain(b));

const plain = (value: unknown): unknown => (isObject(value) ? { ...value } : value);
