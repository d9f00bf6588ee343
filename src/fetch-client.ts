/** The openapi-fetch client: its interface, typed by the document, over the same `send`. */
import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type FetchResponse,
  type MaybeOptionalInit,
} from "openapi-fetch";
import { operations } from "../generated/operations.js";
import type { paths } from "../generated/schema.js";
import { checkData } from "./arguments.js";
import { createCall, createTarget, type Target } from "./call.js";
import { ApiError } from "./errors.js";
import { readProperty, withoutPrototype } from "./objects.js";
import { type CallSettings, resolveClientOptions } from "./options.js";
import { serializeBody } from "./request-body.js";
import { send } from "./send.js";
import type { IdempotentRequestOptions, OnePayOptions, Operation } from "./types.js";
import { encodeQuery, fillPath, queryString } from "./url.js";

/** The headers of an operation that the client sets if the caller doesn't. */
type WithOptionalHeaders<Operation> = Operation extends { parameters: { header: infer Header } }
  ? Omit<Operation, "parameters"> & {
      parameters: Omit<Operation["parameters"], "header"> & { header?: Partial<Header> };
    }
  : Operation;

/** The document's paths, with the idempotency key optional: the client creates one for each call. */
export type FetchClientPaths = {
  [Path in keyof paths]: { [Method in keyof paths[Path]]: WithOptionalHeaders<paths[Path][Method]> };
};

/**
 * Options of one call of the openapi-fetch client, next to openapi-fetch's own. Options of `fetch`, such as `cache` or
 * `next`, are passed on.
 */
export interface FetchClientCallOptions extends Omit<IdempotentRequestOptions, "fetch" | "headers"> {
  /** The token of a customer session, sent as `x-customer-token`. */
  readonly customerToken?: string | undefined;
}

type HttpMethod = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";
type MediaType = `${string}/${string}`;
/** openapi-fetch wants to know that an operation is an object. */
type Described<Operation> = Operation & Record<string | number, unknown>;
type PathWith<Method extends HttpMethod> = ClientPathsWithMethod<Client<FetchClientPaths>, Method>;

/** Optional if every property of it is. */
type InitArguments<Init> =
  Record<never, never> extends NonNullable<Init>
    ? [init?: Init & FetchClientCallOptions & { [name: string]: unknown }]
    : [init: Init & FetchClientCallOptions & { [name: string]: unknown }];

type FetchMethod<Method extends HttpMethod> = <
  Path extends PathWith<Method>,
  Init extends MaybeOptionalInit<FetchClientPaths[Path], Method>,
>(
  path: Path,
  ...init: InitArguments<Init>
) => Promise<FetchResponse<Described<FetchClientPaths[Path][Method]>, Init, MediaType>>;

/** The methods and middleware of openapi-fetch. */
export interface FetchClient extends Pick<Client<FetchClientPaths>, "use" | "eject"> {
  GET: FetchMethod<"get">;
  PUT: FetchMethod<"put">;
  POST: FetchMethod<"post">;
  DELETE: FetchMethod<"delete">;
  OPTIONS: FetchMethod<"options">;
  HEAD: FetchMethod<"head">;
  PATCH: FetchMethod<"patch">;
  TRACE: FetchMethod<"trace">;
  request: <
    Method extends HttpMethod,
    Path extends PathWith<Method>,
    Init extends MaybeOptionalInit<FetchClientPaths[Path], Method>,
  >(
    method: Method,
    path: Path,
    ...init: InitArguments<Init>
  ) => Promise<FetchResponse<Described<FetchClientPaths[Path][Method]>, Init, MediaType>>;
}

/**
 * An openapi-fetch client for the API, with the same authentication, retries, timeouts and checks as `OnePay`. It
 * returns openapi-fetch's `{ data, error, response }` for successes and error statuses. It rejects with a `OnePayError`
 * for everything else (connection, timeout, redirect, invalid response), and with a `TypeError` if an argument is wrong.
 * Every error status has an `error`: `{}` if the server sent no body.
 *
 * `errorOf(response)` returns the error of a call that failed with a status: its outcome and idempotency key.
 *
 * @example
 * const onepay = createFetchClient({ apiKey: process.env.ONEPAY_API_KEY });
 * const { data, error } = await onepay.POST("/customers", { body, idempotencyKey });
 *
 * @throws TypeError if there is no secret key or if an option is wrong.
 */
export function createFetchClient(options?: OnePayOptions): FetchClient {
  const settings = resolveClientOptions(options);
  const client = createClient<FetchClientPaths>({ baseUrl: settings.baseUrl });
  let hasMiddleware = false;
  const use: FetchClient["use"] = (...middleware) => {
    hasMiddleware = true;
    client.use(...middleware);
  };
  const request = (method: string, path: string, init?: Init) =>
    sendRequest(settings, client, hasMiddleware, method, path, init);
  const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];
  const entries = methods.map((method) => [
    method,
    (path: string, init?: Init) => request(method, path, init),
  ]);
  return { ...client, ...Object.fromEntries(entries), use, request };
}

/** Shared by all copies of the package in the process. */
const errorKey = Symbol.for("onepay-client.error");

/**
 * The error that the method of `OnePay` would have thrown for this response of the openapi-fetch client: its outcome,
 * its idempotency key, the number of attempts. `undefined` for a success.
 */
export const errorOf = (response: Response): ApiError | undefined =>
  (response as { [errorKey]?: ApiError })[errorKey];

function setError(response: Response, error: ApiError): void {
  // Not enumerable, so that a log of the response doesn't show it.
  Object.defineProperty(response, errorKey, { value: error, configurable: true });
}

/** What the caller passes to one call. */
interface Init {
  readonly body?: unknown;
  readonly params?: { readonly query?: unknown; readonly path?: object };
  readonly [name: string]: unknown;
}

async function sendRequest(
  settings: CallSettings,
  client: Client<FetchClientPaths>,
  hasMiddleware: boolean,
  method: string,
  path: string,
  init: Init | null | undefined,
): Promise<unknown> {
  const label = `${method.toUpperCase()} ${path}`;
  const { operation, target } = findOperation(label);
  const { callOptions, openapiFetchOptions } = splitInit(init ?? {}, label);
  const { body, params, middleware, parseAs = "json" } = openapiFetchOptions as Init;
  checkBody(operation, label, body);
  checkData(operation, label, body, params?.query);
  const usesMiddleware = hasMiddleware || middleware !== undefined;
  const isReadAsText = parseAs === "json" || parseAs === "text";
  let failed: ApiError | undefined;
  const exchange: Exchange = {
    settings,
    operation,
    target,
    callOptions,
    usesMiddleware,
    needsBody: usesMiddleware || !isReadAsText,
    onError: (error) => {
      failed = error;
    },
  };
  const result = await (client as unknown as UntypedClient).request(method, path, {
    querySerializer: (query: unknown) => queryString(encodeQuery(query, label)).slice(1),
    bodySerializer: (body: unknown) => serializeBody(body, true, label),
    ...openapiFetchOptions,
    // Without ids, openapi-fetch would send the path with its braces.
    params: { ...params, path: params?.path ?? {} },
    // openapi-fetch would let an empty id through, or a dot that the URL then swallows.
    pathSerializer: (template: string, ids: Record<string, unknown>) =>
      fillPath(template, (name) => ids[name], label),
    fetch: (request: Request) => respond(exchange, request),
  });
  // A middleware may have returned another response: a copy of the failure, or a success in its place.
  if (failed && !result.response.ok) setError(result.response, failed);
  return result;
}

interface UntypedClient {
  request(method: string, path: string, init: object): Promise<{ readonly response: Response }>;
}

interface DescribedOperation {
  readonly operation: Operation;
  readonly target: Target;
}

function describe(id: string, description: Operation): DescribedOperation {
  const operation = withoutPrototype(description);
  const label = `${operation.method.toUpperCase()} ${operation.path}`;
  const mayBeEmpty = operation.method === "delete";
  return { operation, target: createTarget({ ...operation, operation: id, label, mayBeEmpty }) };
}

/** By method and path: `GET /customers`. */
const operationsByPath = new Map(
  Object.entries<Operation>(operations).map(([id, operation]) => [
    `${operation.method.toUpperCase()} ${operation.path}`,
    describe(id, operation),
  ]),
);

function findOperation(label: string): DescribedOperation {
  const found = operationsByPath.get(label);
  if (!found)
    throw new TypeError(`${label}: the document doesn't describe it. Use onepay.request() instead.`);
  return found;
}

function checkBody(operation: Operation, label: string, body: unknown): void {
  if (operation.body === "required" && body === undefined)
    throw new TypeError(`${label}: the request body is missing. Pass body.`);
  if (!operation.body && body !== undefined)
    throw new TypeError(`${label}: the operation takes no body. Remove body.`);
}

const ownOptions = [
  "timeout",
  "deadline",
  "maxRetries",
  "maxResponseBytes",
  "signal",
  "onEvent",
  "responseCheck",
  "idempotencyKey",
  "customerToken",
];
const openapiFetchNames = [
  "params",
  "body",
  "headers",
  "parseAs",
  "querySerializer",
  "bodySerializer",
  "middleware",
];
const refusedNames = ["fetch", "baseUrl", "pathSerializer", "Request"];

const knownNames = new Set(["fetchOptions", ...refusedNames, ...ownOptions, ...openapiFetchNames]);

/** Splits what the caller passed into options of the client, of openapi-fetch and of the platform's fetch. */
function splitInit(init: Init, label: string) {
  const refused = refusedNames.find((name) => readProperty(init, name) !== undefined);
  if (refused)
    throw new TypeError(
      `${label}: ${refused} can't be set for one call. Pass fetch and baseUrl to createFetchClient().`,
    );
  const others = Object.entries(init).filter(([name]) => !knownNames.has(name));
  const callOptions = readProperties(init, ownOptions);
  callOptions.fetchOptions = {
    ...(readProperty(init, "fetchOptions") as object | undefined),
    ...Object.fromEntries(others),
  };
  return { callOptions, openapiFetchOptions: readProperties(init, openapiFetchNames) };
}

/** The properties that the object has: own ones, getters, or those of a class. Without those of Object.prototype. */
function readProperties(object: object, names: readonly string[]): Record<string, unknown> {
  const properties: Record<string, unknown> = Object.create(null);
  for (const name of names) {
    const value = readProperty(object, name);
    if (value !== undefined) properties[name] = value;
  }
  return properties;
}

/** One call between openapi-fetch and the client. */
interface Exchange {
  readonly settings: CallSettings;
  readonly operation: Operation;
  readonly target: Target;
  readonly callOptions: Record<string, unknown>;
  /** A middleware may change the request, and may read the response. */
  readonly usesMiddleware: boolean;
  /** Whether the response must have a body that wasn't read. */
  readonly needsBody: boolean;
  readonly onError: (error: ApiError) => void;
}

/** Sends openapi-fetch's request with the client's retries, and returns the response for openapi-fetch to read. */
async function respond(exchange: Exchange, request: Request): Promise<Response> {
  const { settings, operation, target, callOptions, usesMiddleware, needsBody, onError } = exchange;
  if (usesMiddleware) checkTarget(request, settings.baseUrl, operation, target.label);
  const headers = Object.fromEntries(request.headers);
  const options: Record<string, unknown> = { ...callOptions, headers };
  if (usesMiddleware) options.signal ??= request.signal;
  for (const [option, header] of Object.entries(operation.headers ?? {})) {
    options[option] = option in callOptions ? callOptions[option] : headers[header];
    delete headers[header];
  }
  const body = operation.body && (await request.text());
  const call = createCall(settings, target, request.url, body || undefined, options);
  try {
    const { response, text } = await send(call, ({ data }) => ({ kind: "data", data }));
    // A replaced fetch may return a frozen object.
    const canChange = Object.isExtensible(response);
    if (needsBody || !canChange) return createResponse(text, response.status, response.headers);
    return withText(response, text);
  } catch (error) {
    // No Response can be created for a status above the standard's.
    if (!(error instanceof ApiError) || error.status > 599) throw error;
    const response = createResponse(errorText(error.body), error.status, error.responseHeaders);
    setError(response, error);
    onError(error);
    return response;
  }
}

/** The API key goes with the request, so a middleware can't send it elsewhere. */
function checkTarget({ url, method }: Request, baseUrl: string, operation: Operation, label: string): void {
  if (!isAt(new URL(url), baseUrl, operation.path) || method.toLowerCase() !== operation.method)
    throw new TypeError(
      `${label}: a middleware changed the method or the path. Call the other operation instead.`,
    );
}

/** The response with its text, since its body was read: a new Response would cost as much as the rest of the call. */
function withText(response: Response, text: string): Response {
  return Object.defineProperties(response, {
    // A replaced fetch may return the same object again.
    text: { value: async () => text, configurable: true },
    json: { value: async () => JSON.parse(text), configurable: true },
  });
}

/** Whether a URL is at a path template below the base URL. */
function isAt(url: URL, baseUrl: string, template: string): boolean {
  const base = new URL(baseUrl);
  const expected = (base.pathname.replace(/\/$/, "") + template).split("/");
  const actual = url.pathname.split("/");
  const isSame = (segment: string, index: number) =>
    segment.includes("{") ? Boolean(actual[index]) : segment === actual[index];
  return url.origin === base.origin && actual.length === expected.length && expected.every(isSame);
}

function createResponse(text: string, status: number, headers: Response["headers"]): Response {
  // Without the status text: it's of no use, and may have characters that a Response refuses.
  const response = new Response(text || null, { status, headers: copyHeaders(headers) });
  // It's the length that was sent, compressed maybe. If it's 0, openapi-fetch creates no error.
  response.headers.delete("content-length");
  return response;
}

function copyHeaders(headers: Response["headers"]): Headers {
  try {
    return new Headers(headers);
  } catch {
    // A replaced fetch may return another kind of headers.
    return new Headers();
  }
}

/** `if (error)` must not miss a failure: a body that isn't truthy, or can't be written as JSON, becomes {}. */
function errorText(body: unknown): string {
  try {
    return JSON.stringify(body || {});
  } catch {
    return "{}";
  }
}
