// The client's side of the contract: what each locked answer must become in the hands of a caller. The client is
// handed in, so that a broken copy of it can be judged by the same words.
import { isDeepStrictEqual } from "node:util";
import type { Answer, AnswerCase, Request } from "./case.js";
import { isObject } from "./values.js";

/** The flat client, seen as what it is: resources with methods. */
export interface FlatClient {
  [resource: string]: { [method: string]: (...args: unknown[]) => Promise<unknown> };
}

/** The part of `generated/operations.ts` that tells how to call a method. */
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
export function argumentsOf(operation: OperationData, request: Request): unknown[] {
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

/** What a call came to. */
export type Outcome = { data: unknown } | { error: Record<string, unknown> };

export async function call(client: FlatClient, operation: OperationData, request: Request): Promise<Outcome> {
  try {
    const method = client[operation.resource]?.[operation.name];
    if (!method) return { error: { name: "no such method" } };
    return { data: await method(...argumentsOf(operation, request)) };
  } catch (error) {
    return { error: fieldsOf(error) };
  }
}

// Some fields are not enumerable, so that no log shows them: they are asked for by name.
const fieldsOf = (error: unknown): Record<string, unknown> => {
  const asked = ["name", "message", "status", "outcome", "operation", "idempotencyKey", "attempts"];
  const more = ["code", "codeName", "fields", "retryAfter", "body"];
  const all = error as Record<string, unknown>;
  return Object.fromEntries([...asked, ...more].map((name) => [name, all[name]]));
};

const classes: Record<number, string> = {
  400: "BadRequestError",
  401: "UnauthorizedError",
  403: "ForbiddenError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableError",
  429: "RateLimitError",
};

/** Is the body of an answer the documented example, as it stands? */
export const isAsPublished = ({ set = {}, remove = [] }: AnswerCase): boolean =>
  ![...Object.keys(set), ...remove].some((pointer) => pointer.startsWith("/body"));

/**
 * What is wrong with what the client made of an answer. `good`: the body is a documented example, so that every
 * field of an error can be foretold; of a bent one only that it comes through as it is.
 */
export function outcomeFaults(
  [id, operation]: [string, OperationData],
  request: Request,
  answer: Answer,
  good: boolean,
  outcome: Outcome,
): string[] {
  if (answer.status >= 400) return errorFaults([id, operation], request, answer, good, outcome);
  const { status, body, raw, headers } = answer;
  const isJson = /json/.test(headers["content-type"] ?? "");
  const expected = operation.pagination ? itemsOf(operation.pagination.items, body) : body;
  const readable =
    raw === undefined && (body === undefined || isJson) && (!operation.pagination || Array.isArray(expected));
  if (!readable) {
    if (!("error" in outcome)) return ["a success that cannot be read should be an error and is not"];
    const { name, outcome: known } = outcome.error;
    return differences(
      { name: "InvalidResponseError", outcome: "unknown", status },
      { name, outcome: known, status: outcome.error.status },
    );
  }
  if ("error" in outcome)
    return [`${status} should be a value and is ${outcome.error.name}: ${outcome.error.message}`];
  const data = operation.pagination ? (outcome.data as { items?: unknown }).items : outcome.data;
  return isDeepStrictEqual(data, expected) ? [] : [`the value is ${JSON.stringify(data)}`];
}

const itemsOf = (field: string, body: unknown): unknown =>
  Array.isArray(body) ? body : isObject(body) ? body[field] : undefined;

function errorFaults(
  [id, operation]: [string, OperationData],
  request: Request,
  { status, headers, body, raw }: Answer,
  good: boolean,
  outcome: Outcome,
): string[] {
  if ("data" in outcome) return [`${status} should be an error and is not`];
  const expected: Record<string, unknown> = {
    name: status >= 500 ? "ServerError" : (classes[status] ?? "ApiError"),
    status,
    outcome: status >= 500 || status === 408 ? "unknown" : "rejected",
    operation: id,
    idempotencyKey: request.headers[operation.headers?.idempotencyKey ?? ""],
    attempts: 1,
    // Nothing at all reads as an empty text.
    body: raw ?? (body === undefined ? "" : body),
  };
  if (good && isObject(body)) {
    expected.code = body.code;
    expected.codeName = body.code_name;
    expected.fields = fieldErrorsOf(body.errors ?? body.erros);
    const seconds = Number(headers["retry-after"] ?? Number.NaN);
    expected.retryAfter = Number.isNaN(seconds) ? undefined : seconds * 1000;
  }
  return differences(expected, outcome.error);
}

/** The documented list of `{ key, description }`, or the observed map, as a map from field to texts. */
function fieldErrorsOf(errors: unknown): Record<string, string[]> {
  const pairs = Array.isArray(errors)
    ? errors.map(({ key, description }) => [key, description] as const)
    : Object.entries((errors ?? {}) as Record<string, string | string[]>).flatMap(([key, texts]) =>
        [texts].flat().map((text) => [key, text] as const),
      );
  const fields: Record<string, string[]> = Object.create(null);
  for (const [key, text] of pairs) fields[key] = [...(fields[key] ?? []), text];
  return fields;
}

const differences = (expected: Record<string, unknown>, found: Record<string, unknown>): string[] =>
  Object.entries(expected)
    .filter(([name, value]) => !isDeepStrictEqual(found[name], value))
    .map(([name, value]) => `${name} is ${JSON.stringify(found[name])} instead of ${JSON.stringify(value)}`);
