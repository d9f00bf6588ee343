/** `onepay.request()`: requests that the document doesn't describe. */
import { headerOptions } from "../generated/operations.js";
import { refuseOptions } from "./arguments.js";
import { type Call, createCall } from "./call.js";
import { toOnePayPromise } from "./methods.js";
import { isPlainObject, readProperty } from "./objects.js";
import type { ClientSettings } from "./options.js";
import { serializeBody } from "./request-body.js";
import { send } from "./send.js";
import type { OnePayPromise, Operation, RawRequest } from "./types.js";
import { encodeQuery, encodeSegment, queryString } from "./url.js";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const parts = ["method", "path", "query", "body"];
const context = "onepay.request";

/** Sends a request. It never throws: wrong arguments reject. */
export function sendRawRequest<T>(
  client: ClientSettings,
  request: RawRequest,
  options: unknown,
): OnePayPromise<T> {
  const result = (async () => {
    const call = createRawCall(client, request, options);
    return await send(call, ({ data }) => ({ kind: "data", data: data as T }));
  })();
  return toOnePayPromise(result, (data) => data);
}

function createRawCall(client: ClientSettings, request: unknown, options: unknown): Call {
  if (typeof request !== "object" || request === null)
    throw new TypeError(`${context}: pass an object, such as { method: "GET", path: "/payments" }.`);
  const unknown = Object.keys(request).find((name) => !parts.includes(name));
  if (unknown !== undefined)
    throw new TypeError(
      `${context}: unknown property ${JSON.stringify(unknown.slice(0, 40))}. Pass method, path, query and body, and options as the second argument.`,
    );
  const method = checkMethod(readProperty(request, "method"));
  const { path, template } = checkPath(readProperty(request, "path"));
  const query = readProperty(request, "query");
  const body = readProperty(request, "body");
  const isRead = method === "GET" || method === "HEAD";
  if (isRead && body !== undefined) throw new TypeError(`${context}: ${method} takes no body. Pass a query.`);
  refuseCamelCaseOptions(body, "the body");
  refuseCamelCaseOptions(query, "the query");
  const label = `${method} ${template}`;
  const { idempotencyKey, ...secrets } = optionHeaders();
  const target = {
    operation: label,
    label,
    method: method.toLowerCase() as Operation["method"],
    path: template,
    retry: isRead ? ("safe" as const) : ("with-key" as const),
    headers: isRead || idempotencyKey === undefined ? secrets : { idempotencyKey, ...secrets },
    isRaw: true,
    mayBeEmpty: true,
  };
  const url = client.baseUrl + path + queryString(encodeQuery(query, context));
  return createCall(client, target, url, serializeBody(body, false, context), options);
}

function checkMethod(method: unknown): string {
  const upper = typeof method === "string" ? method.toUpperCase() : "";
  if (!methods.includes(upper))
    throw new TypeError(`${context}: method must be one of ${methods.join(", ")}.`);
  return upper;
}

/** Checks each segment as an id is checked, and returns the path with its ids replaced, for logs. */
function checkPath(path: unknown): { readonly path: string; readonly template: string } {
  if (typeof path !== "string" || !/^\/[^/]/.test(path) || path.endsWith("/") || /[?#]/.test(path))
    throw new TypeError(
      `${context}: path must start with a slash and have no query, such as "/payments". Pass query instead.`,
    );
  const segments = path.slice(1).split("/");
  const encoded = segments.map((segment) => encodeSegment(segment, "path", context));
  const named = segments.map((segment) => (isName(segment) ? segment : "{id}"));
  return { path: `/${encoded.join("/")}`, template: `/${named.join("/")}` };
}

/** Whether a segment names a resource: words in lower case. Everything else may be an id, which doesn't belong into logs. */
const isName = (segment: string): boolean => /^[a-z]+([_-][a-z]+)*$/.test(segment);

/**
 * Refuses options in the data. Undocumented fields may have any name, but OnePay's are in snake_case, so only options in
 * camelCase are refused.
 */
function refuseCamelCaseOptions(data: unknown, place: string): void {
  const camelCase = Object.entries(isPlainObject(data) ? data : {}).filter(([name]) => /[A-Z]/.test(name));
  refuseOptions(Object.fromEntries(camelCase), [], context, place);
}

/** The document's options that become headers: option → header. `authorization` is the client's own. */
function optionHeaders(): Record<string, string> {
  const entries = Object.entries(headerOptions).map(([header, option]) => [option, header]);
  return Object.fromEntries(entries.filter(([option]) => option !== "apiKey"));
}
