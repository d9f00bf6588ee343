// Redacts a recording: what isn't known to be harmless is replaced, and what isn't needed is left out.
import { isObject } from "../../spec/rules/walk.js";
import {
  type Holder,
  matchOperation,
  parametersOf,
  requestBodyOf,
  responseFor,
} from "../evidence/exchange.js";
import { type Exchange, parsed } from "../evidence/recording.js";
import type { Node, Spec } from "../evidence/spec.js";
import { describedValues } from "../evidence/values.js";
import { escapePointer } from "../openapi/pointers.js";

/** A HAR with the exchanges of one server, without secrets and personal data. */
export function redactedHar(spec: Spec, exchanges: Exchange[], server: string): object {
  const creator = { name: "onepay-client observe", version: "1" };
  const entries = exchanges.map((exchange) => redactedEntry(spec, exchange, server));
  return { log: { version: "1.2", creator, entries } };
}

function redactedEntry(spec: Spec, exchange: Exchange, server: string) {
  const { method, status, requestHeaders, responseHeaders } = exchange;
  const operation = matchOperation(spec, exchange, [server])?.operation;
  const requestText = redactedText(spec, operation && requestBodyOf(spec, operation), exchange.requestBody);
  const response = operation && responseFor(spec, operation, status);
  const text = redactedText(spec, response, exchange.responseBody);
  const mimeType = responseHeaders["content-type"] ?? "";
  const unknown = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1, bodySize: -1 };
  return {
    startedDateTime: exchange.started,
    time: 0,
    request: {
      ...unknown,
      method,
      ...redactedUrl(spec, exchange, server),
      headers: redactedHeaders(requestHeaders),
      ...(requestText ? { postData: { mimeType: "application/json", text: requestText } } : {}),
    },
    response: {
      ...unknown,
      status,
      statusText: "",
      headers: redactedHeaders(responseHeaders),
      content: { size: text.length, mimeType, text },
      redirectURL: "",
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
  };
}

/** Keeps numbers, such as the number of a page. */
function redactedUrl(spec: Spec, exchange: Exchange, server: string) {
  const { pathname, searchParams } = new URL(exchange.url);
  const matched = matchOperation(spec, exchange, [server]);
  const parameters = matched ? parametersOf(spec, matched) : [];
  const redacted = (location: string, name: string): string => {
    const sent = parameters.find(({ node }) => node.in === location && node.name === name);
    if (sent?.value === undefined) return "redacted";
    if (typeof sent.value === "number") return `${sent.value}`;
    return String(
      placeholder(
        sent.described.map(({ node }) => node),
        sent.value,
      ),
    );
  };
  const path = matched
    ? matched.operation.path.replace(/\{(.+?)\}/g, (_, name) => encodeURIComponent(redacted("path", name)))
    : pathname.slice(new URL(server).pathname.replace(/\/$/, "").length).replace(/[^/]+/g, "redacted");
  const queryString = [...searchParams.keys()].map((name) => ({ name, value: redacted("query", name) }));
  const search = new URLSearchParams(queryString.map(({ name, value }) => [name, value]));
  return { url: `${server}${path}${search.size > 0 ? `?${search}` : ""}`, queryString };
}

// The headers whose values show how the API works. Any other value could be a secret or a trace of a person.
const harmlessHeaders = new Set(
  `accept accept-encoding allow cache-control content-encoding content-length content-type date retry-after server
  transfer-encoding user-agent vary x-powered-by ratelimit ratelimit-limit ratelimit-policy ratelimit-remaining
  ratelimit-reset x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset`.split(/\s+/),
);

/** Keeps the names of all headers, and the values of harmless ones. An idempotency key can contain personal data. */
const redactedHeaders = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => ({
    name,
    value: harmlessHeaders.has(name.toLowerCase()) ? value : "redacted",
  }));

/**
 * A body with values of the same form in place of personal data. A field counts as personal unless the document marks it
 * with `x-pii: none`, in every form of a `oneOf`. If the body isn't JSON, all of it is redacted.
 */
function redactedText(spec: Spec, holder: Holder | undefined, text = ""): string {
  const body = parsed(text);
  if (body === undefined) return text && "redacted";
  const described = holder
    ? [...describedValues(spec, holder.schema, [holder.schemaAt], body, "", true)]
    : [];
  const redact = (value: unknown, pointer: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => redact(item, `${pointer}/${index}`));
    if (isObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [
          name,
          redact(member, `${pointer}/${escapePointer(name)}`),
        ]),
      );
    const nodes = described.filter((each) => each.pointer === pointer).map(({ node }) => node);
    const marks = nodes.map((node) => node["x-pii"]).filter((mark) => mark !== undefined);
    return marks.length > 0 && marks.every((mark) => mark === "none") ? value : placeholder(nodes, value);
  };
  return JSON.stringify(redact(body, ""));
}

/**
 * A value of the same form, so that the recording still shows lengths, prefixes and formats: letters become `x`, digits
 * become `1`. Null and booleans stay.
 */
function placeholder(nodes: Node[], value: unknown): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isInteger(value) ? 1 : 1.5;
  const text = String(value);
  // One of a few values that the document lists identifies nobody.
  if (nodes.some((node) => node.enum?.includes(text) || node.const === text)) return text;
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text))
    return "00000000-0000-4000-8000-000000000000";
  // The letters of a timestamp belong to its form, and `11` is a valid month, day, hour and minute.
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})?$/.test(text)) return text.replace(/\d/g, "1");
  return text
    .replace(/\p{Lu}/gu, "X")
    .replace(/(?!X)\p{L}/gu, "x")
    .replace(/\p{N}/gu, "1");
}
