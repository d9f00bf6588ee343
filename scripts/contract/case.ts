// The data of the contract tests. It's plain JSON, so a case looks the same in a lock file and in code.
import { keysOf } from "../openapi/pointers.js";

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
}

/** A request that the document accepts or rejects. */
export interface RequestCase extends CaseBase, Change {
  kind: "request";
  /** The name of the valid request that the case changes. */
  from: string;
  status: number;
  /** Empty if the request is accepted. */
  violations: Violation[];
  /** The list of violations is incomplete. For example, the request matches no branch of a `oneOf`. */
  partial?: true;
}

/** A documented response, requested with the `Prefer` header. */
export interface ExampleCase extends CaseBase {
  kind: "example";
  /** The name of the expected response. */
  from: string;
  prefer: { code: number; example?: string };
  accept: string;
}

/** A response of an upstream server that the document accepts or rejects. */
export interface ResponseCase extends CaseBase, Change {
  kind: "response";
  /** The name of the valid response that the case changes. */
  from: string;
  violations: Violation[];
  partial?: true;
}

export type Case = RequestCase | ExampleCase | ResponseCase;

/** The lock of one operation. It runs without the OpenAPI document. */
export interface Contract {
  operation: string;
  requests: Record<string, HttpRequest>;
  responses: Record<string, HttpResponse>;
  cases: Case[];
}

/** A copy of a valid request or response with a change. */
export function applyChange<T extends HttpRequest | HttpResponse>(
  base: T,
  { set = {}, remove = [] }: Change,
): T {
  const copy = structuredClone(base) as T;
  for (const pointer of remove) edit(copy, pointer, (parent, key) => removeKey(parent, key));
  for (const [pointer, value] of Object.entries(set)) {
    edit(copy, pointer, (parent, key) => {
      parent[key] = structuredClone(value);
    });
  }
  return copy;
}

function removeKey(parent: Record<string, unknown>, key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function edit(
  root: object,
  pointer: string,
  apply: (parent: Record<string, unknown>, key: string) => void,
): void {
  const keys = keysOf(pointer);
  const last = keys.pop();
  let parent = root as Record<string, unknown>;
  for (const key of keys) parent = parent[key] as Record<string, unknown>;
  if (last !== undefined) apply(parent, last);
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

/** The request that makes the mock server return one documented response. */
export function withPreference(
  base: HttpRequest,
  { prefer: { code, example }, accept }: ExampleCase,
): HttpRequest {
  const prefer = `code=${code}${example === undefined ? "" : `, example=${example}`}`;
  return { ...base, headers: { ...base.headers, prefer, accept } };
}
