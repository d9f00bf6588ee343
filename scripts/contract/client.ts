// The client's side of the contract: what a caller must get for each response. The client is a parameter, so that
// mutants of it can be tested in the same way.
import { isDeepStrictEqual } from "node:util";
import type { Operation } from "../../src/types.js";
import { isJson } from "../openapi/media-types.js";
import { isObject } from "../openapi/schemas.js";
import {
  type Contract,
  type HttpRequest,
  type HttpResponse,
  type ResponseCase,
  responseOf,
  validRequest,
} from "./case.js";

/** The client as plain data: resources with methods. */
export interface AnyClient {
  [resource: string]: { [method: string]: (...args: unknown[]) => Promise<unknown> };
}

/** What a call resolved or rejected with. */
export type CallResult = { data: unknown } | { error: Record<string, unknown> };

/** Calls the method that sends a request. */
export async function call(
  client: AnyClient,
  operation: Operation,
  { params, body, query, headers }: HttpRequest,
): Promise<CallResult> {
  const ids = [...operation.path.matchAll(/\{(.+?)\}/g)].map(([, name = ""]) => params[name]);
  const options = Object.entries(operation.headers ?? {}).map(([option, header]) => [
    option,
    headers[header],
  ]);
  try {
    const data = await client[operation.resource]?.[operation.name]?.(
      ...ids,
      ...(operation.body ? [body] : []),
      ...(operation.query ? [query] : []),
      Object.fromEntries(options),
    );
    return { data };
  } catch (error) {
    return { error: error as Record<string, unknown> };
  }
}

/** Calls the client, which gets the response of a case, and compares the result with what the caller must get. */
export async function clientDifferences(
  client: AnyClient,
  operation: Operation,
  contract: Contract,
  each: ResponseCase,
): Promise<string[]> {
  const request = validRequest(contract);
  const response = responseOf(contract, each);
  const result = await call(client, operation, request);
  if (response.status < 400) return successDifferences(operation, response, result);
  if ("data" in result) return [`${response.status} should be an error`];
  const expected = {
    ...expectedError(operation, response),
    operation: contract.operation,
    idempotencyKey: request.headers[operation.headers?.idempotencyKey ?? ""],
    // The details of a body that isn't a documented example can't be predicted.
    ...(hasExampleBody(each) ? expectedDetails(response) : {}),
  };
  return fieldDifferences(expected, result.error);
}

const hasExampleBody = ({ set = {}, remove = [] }: ResponseCase): boolean =>
  ![...Object.keys(set), ...remove].some((pointer) => pointer.startsWith("/body"));

function successDifferences(
  { pagination }: Operation,
  { status, body, raw, headers }: HttpResponse,
  result: CallResult,
): string[] {
  const items = Array.isArray(body) ? body : isObject(body) && pagination && body[pagination.items];
  const isReadable =
    raw === undefined &&
    (body === undefined || isJson(headers["content-type"])) &&
    (!pagination || Array.isArray(items));
  if (!isReadable) {
    if ("data" in result) return ["a success that can't be read should be an error"];
    return fieldDifferences({ name: "InvalidResponseError", outcome: "unknown", status }, result.error);
  }
  if ("error" in result)
    return [`${status} should be a value, but is ${result.error.name}: ${result.error.message}`];
  const data = pagination ? (result.data as { items?: unknown }).items : result.data;
  return isDeepStrictEqual(data, pagination ? items : body) ? [] : [`the value is ${JSON.stringify(data)}`];
}

const errorClasses: Record<number, string> = {
  400: "BadRequestError",
  401: "UnauthorizedError",
  403: "ForbiddenError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  429: "RateLimitError",
};

function expectedError({ method }: Operation, { status, body, raw }: HttpResponse) {
  // A platform can send a DELETE twice without the client knowing.
  const isOutcomeUnknown =
    status >= 500 || [408, 409, 421].includes(status) || method.toLowerCase() === "delete";
  return {
    name: status >= 500 ? "ServerError" : (errorClasses[status] ?? "ApiError"),
    status,
    outcome: isOutcomeUnknown ? "unknown" : "rejected",
    attempts: 1,
    // An absent body is read as an empty string.
    body: raw ?? (body === undefined ? "" : body),
  };
}

function expectedDetails({ body, headers }: HttpResponse) {
  if (!isObject(body)) return {};
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  return {
    // The code is a number, or a string of digits.
    code: body.code === undefined ? undefined : Number(body.code),
    codeName: body.code_name,
    fields: fieldErrorsOf(body.errors ?? body.erros),
    retryAfter: Number.isNaN(seconds) ? undefined : seconds * 1000,
  };
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

/** Compares JSON values. Cloning adds the prototype that some objects of the client don't have. */
const fieldDifferences = (expected: Record<string, unknown>, actual: Record<string, unknown>): string[] =>
  Object.entries(expected)
    .filter(([name, value]) => !isDeepStrictEqual(structuredClone(actual[name]), value))
    .map(([name, value]) => `${name} is ${JSON.stringify(actual[name])} instead of ${JSON.stringify(value)}`);
