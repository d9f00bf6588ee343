/** One attempt: the request is sent, the response read and classified. It never throws: a failure is data. */
import type { Call } from "./call.js";
import { streamsBody } from "./platform.js";
import { readBody } from "./read-body.js";
import type { Fetch, FetchInit } from "./types.js";
import { waitFor } from "./wait.js";

/** A complete response with a success status. */
export interface Success {
  readonly kind: "success";
  readonly response: Response;
  readonly text: string;
  readonly data: unknown;
}

/** Why a success can't be used. */
export type InvalidReason =
  | "truncated"
  | "too-large"
  | "not-json"
  | "unexpected-status"
  | "not-a-list"
  | "incomplete-list";

/** What went wrong. */
export type Failure =
  | { readonly kind: "connection"; readonly code: string | undefined; readonly cause: unknown }
  | { readonly kind: "timeout"; readonly limit: TimeLimit; readonly cause?: unknown }
  | { readonly kind: "aborted"; readonly cause: unknown }
  | { readonly kind: "invalid-fetch"; readonly problem: string }
  | ({ readonly kind: "invalid"; readonly reason: InvalidReason; readonly cause?: unknown } & Received)
  | ({ readonly kind: "redirect" } & Received)
  | ({ readonly kind: "status"; readonly cause?: unknown } & Received);

/** Which limit ended an attempt. */
export type TimeLimit = "timeout" | "deadline" | "platform";

/** A response and its body, parsed if it's JSON. */
interface Received {
  readonly response: Response;
  readonly body: unknown;
  /** The body if it's JSON. */
  readonly data?: unknown;
}

/** A request and its response, as far as they got. It outlives a timeout, so that a status that has arrived isn't lost. */
export interface Exchange {
  response?: Response;
  text: string;
  /** Stops reading and closes the connection. */
  cancel: () => void;
  /** The attempt has ended: what arrives later is of no interest. */
  isOver: boolean;
}

/** Of an error response, this many characters are read. */
export const maxErrorBodyLength = 65_536;

/** Runs one attempt, at most `time` milliseconds. */
export async function runAttempt(call: Call, time: number, limit: TimeLimit): Promise<Success | Failure> {
  const { signal } = call.settings;
  const controller = new AbortController();
  const exchange: Exchange = { text: "", cancel: () => {}, isOver: false };
  let result: Success | Failure | undefined;
  const settle = (settled: Success | Failure) => {
    result = settled;
  };
  // What a replaced fetch returned may throw when it's read.
  const fail = (error: unknown) => settle(connectionFailure(error));
  const work = exchangeMessages(call, controller.signal, exchange).then(settle, fail);
  const end = await waitFor(time, signal, work);
  exchange.isOver = true;
  if (end === "done" && result) return result;

  // Not left to the signal alone: many wrappers of fetch don't pass it on.
  exchange.cancel();
  controller.abort();
  if (end === "aborted") return { kind: "aborted", cause: signal?.reason };
  const { response, text } = exchange;
  // The status is known, only the rest of the body is missing.
  if (response && !response.ok) return classify(call, response, text);
  return { kind: "timeout", limit };
}

async function exchangeMessages(
  call: Call,
  signal: AbortSignal,
  exchange: Exchange,
): Promise<Success | Failure> {
  // Not called as a method: the platform's fetch refuses that, and a replaced one would find the API key in `this`.
  const { fetch = globalThis.fetch as Fetch } = call.settings;
  let response: Response;
  try {
    // A replaced fetch may return anything: that's checked below.
    response = (await fetch(call.url, createInit(call, signal))) as Response;
  } catch (error) {
    return connectionFailure(error);
  }
  const problem = findProblem(response);
  if (problem) return { kind: "invalid-fetch", problem };
  exchange.response = response;
  const { isTooLarge, cause } = await readBody(response, exchange, maxBytes(call, response));
  if (!response.ok) return classify(call, response, exchange.text, cause);
  if (isTooLarge) return invalid("too-large", response, exchange.text);
  if (cause) return invalid("truncated", response, exchange.text, cause.error);
  return classify(call, response, exchange.text);
}

const maxBytes = ({ settings }: Call, response: Response): number =>
  // A character has at most four bytes.
  response.ok ? settings.maxResponseBytes : maxErrorBodyLength * 4;

function createInit({ method, body, headers, settings }: Call, signal: AbortSignal): FetchInit {
  const { fetch, runtime, fetchOptions } = settings;
  // Without a prototype: fetch reads its options by name, so a polluted Object.prototype would add some.
  const init: FetchInit = Object.assign(Object.create(null), fetchOptions, {
    method: method.toUpperCase(),
    // A copy: what a replaced fetch changes must not reach the next attempt.
    headers: { ...headers },
    redirect: "manual",
    signal,
  });
  if (body === undefined) return init;
  if (!streamsBody(runtime, fetch)) return Object.assign(init, { body });
  const bytes = new TextEncoder().encode(body);
  init.headers["content-length"] = String(bytes.length);
  return Object.assign(init, {
    body: streamOf(bytes),
    // The fetch standard requires it for a stream.
    duplex: "half",
    // With credentials, some versions of Node.js fail on a 401 to a stream, since they would have to send it again.
    credentials: "omit",
  });
}

const streamOf = (bytes: Uint8Array): ReadableStream =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

/** What is wrong with the value that `fetch` returned. */
function findProblem(value: unknown): string | undefined {
  const response = value as Partial<Response> | null | undefined;
  if (typeof response?.status !== "number" || typeof response.headers?.get !== "function")
    return "fetch returned a value that isn't a Response. Return a Response.";
  if (response.type === "error") return "fetch returned Response.error(). Return a response with a status.";
  if (response.bodyUsed)
    return "The body of the response that fetch returned was read before. Return a new Response for each request.";
  return undefined;
}

/** Node.js ends an attempt with these codes if its own limits are shorter than the client's. */
const platformTimeouts = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

function connectionFailure(error: unknown): Failure {
  const code = errorCode(error);
  return code && platformTimeouts.has(code)
    ? { kind: "timeout", limit: "platform", cause: error }
    : { kind: "connection", code, cause: error };
}

/** The error code of a failed fetch: `ECONNREFUSED`, for example. Node.js puts it on the cause, Bun on the error. */
function errorCode(error: unknown): string | undefined {
  try {
    const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
    const found = cause?.code ?? code;
    return typeof found === "string" && /^[A-Z]\w{1,63}$/i.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function classify(
  call: Call,
  response: Response,
  text: string,
  cause?: { readonly error: unknown },
): Success | Failure {
  const { ok, status } = response;
  const json = parseJson(ok ? text : text.slice(0, maxErrorBodyLength));
  if (ok) {
    const isEmpty = text === "" && (status === 204 || status === 205 || call.mayBeEmpty);
    if (isEmpty) return { kind: "success", response, text, data: undefined };
    if (!json || !declaresJson(response)) return invalid("not-json", response, text);
    return { kind: "success", response, text, data: json.value };
  }
  const body = json ? json.value : copyOf(text.slice(0, maxErrorBodyLength));
  if (isRedirect(response)) return { kind: "redirect", response, body };
  if (status < 400) return { kind: "invalid", reason: "unexpected-status", response, body };
  return { kind: "status", response, body, data: json?.value, cause: cause?.error };
}

const invalid = (reason: InvalidReason, response: Response, text: string, cause?: unknown): Failure => ({
  kind: "invalid",
  reason,
  response,
  body: copyOf(text.slice(0, maxErrorBodyLength)),
  cause,
});

/** Engines keep the whole text in memory for the sake of a part of it; a copy doesn't need it. */
const copyOf = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

// A browser shows the status 0 for a redirect that it isn't allowed to follow.
const isRedirect = ({ type, status, headers }: Response): boolean =>
  type === "opaqueredirect" || (status >= 300 && status < 400 && headers.get("location") !== null);

// A response that declares another type isn't OnePay's, even if its text happens to be JSON.
const declaresJson = ({ headers }: Response): boolean =>
  (headers.get("content-type") ?? "json").toLowerCase().includes("json");

/** The value in an object, since a value may be anything, `undefined` excepted. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
