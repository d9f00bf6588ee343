// The data of the contract tests. It's plain JSON, so a case looks the same in a lock file and in code.
import { keysOf, pointerOf, valueAt } from "../openapi/pointers.js";

/** A request before it's sent. `params` fill the path. `raw` is a body that is sent as it is. */
export interface HttpRequest {
  method: string;
  path: string;
  params: Record<string, string>;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body?: unknown;
  raw?: string;
}

/** A response. `raw` is a body that is sent as it is. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body?: unknown;
  raw?: string;
}

/** Turns a valid request or response into a case. The keys are JSON pointers into it. */
export interface Change {
  set?: Record<string, unknown>;
  remove?: string[];
}

/**
 * A rule that a request or a response breaks: its location and the keyword, such as `body.email format` or
 * `header.x-idempotency required`. Some have no location: `security`, `content-type`, `status`, `media-type`.
 */
export type Violation = string;

interface CaseBase {
  /** Readable and unique: operation › location › keyword. */
  id: string;
  /** JSON pointer to the part of the document that the case tests. */
  about: string;
  /** The name of the valid request or response that the case changes or expects. */
  from: string;
}

interface Expectation extends Change {
  /** Empty if the request or response is accepted. */
  violations: Violation[];
  /** The list of violations is incomplete. For example, the request matches no branch of a `oneOf`. */
  partial?: true;
}

/** A request that the document accepts or rejects. */
export interface RequestCase extends CaseBase, Expectation {
  kind: "request";
  status: number;
}

/** A documented response, requested with the `Prefer` header. */
export interface ExampleCase extends CaseBase {
  kind: "example";
  prefer: { code: number; example?: string };
  accept: string;
}

/** A response of an upstream server that the document accepts or rejects. */
export interface ResponseCase extends CaseBase, Expectation {
  kind: "response";
}

export type Case = RequestCase | ExampleCase | ResponseCase;

/** The lock of one operation. It runs without the OpenAPI document. */
export interface Contract {
  operation: string;
  requests: Record<string, HttpRequest>;
  responses: Record<string, HttpResponse>;
  cases: Case[];
}

/** A copy of a value with a change. */
export function applyChange<T extends object>(base: T, { set = {}, remove = [] }: Change): T {
  const copy = structuredClone(base);
  for (const pointer of remove) {
    const { parent, key } = locate(copy, pointer);
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
  for (const [pointer, value] of Object.entries(set)) {
    const { parent, key } = locate(copy, pointer);
    parent[key] = structuredClone(value);
  }
  return copy;
}

/** The object or array that contains the value at a JSON pointer, and the key of the value in it. */
export function locate(root: object, pointer: string): { parent: Record<string, unknown>; key: string } {
  const keys = keysOf(pointer);
  const key = keys.pop() ?? "";
  return { parent: valueAt(root, pointerOf(keys)) as Record<string, unknown>, key };
}

/** The request case as it's sent. */
export const requestOf = ({ requests }: Contract, each: RequestCase): HttpRequest =>
  applyChange(requests[each.from] as HttpRequest, each);

/** The response case as the upstream server returns it. */
export const responseOf = ({ responses }: Contract, each: ResponseCase): HttpResponse =>
  applyChange(responses[each.from] as HttpResponse, each);

/** The first valid request of an operation. */
export const validRequest = ({ requests }: Contract): HttpRequest =>
  Object.values(requests)[0] as HttpRequest;

/** Path and query of a request. */
export function requestTarget({ path, params, query }: HttpRequest): string {
  const filled = path.replace(/\{(.+?)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return pairs.length === 0 ? filled : `${filled}?${new URLSearchParams(pairs as [string, string][])}`;
}

/** The body of a request or a response as it's sent. */
export const bodyText = ({ body, raw }: HttpRequest | HttpResponse): string | undefined =>
  raw ?? (body === undefined ? undefined : JSON.stringify(body));

/** Reads a body that was received: JSON if it parses, else text. */
export function parseBodyText(text: string): { body?: unknown; raw?: string } {
  if (text === "") return {};
  try {
    return { body: JSON.parse(text) };
  } catch {
    return { raw: text };
  }
}
