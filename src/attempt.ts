/** One attempt: sent, answered, read and told apart. It never throws: what went wrong is data. */
import type { Call } from "./call.js";
import { readErrorBody } from "./error-body.js";
import {
  type ApiErrorDetails,
  apiErrorOf,
  ConnectionError,
  InvalidResponseError,
  type OnePayError,
  RedirectError,
} from "./errors.js";
import { codeOf, isRefused } from "./retry.js";

/** A success that could be read. */
export interface Success {
  readonly response: Response;
  readonly text: string;
  readonly data: unknown;
}

/** What went wrong, and what the error tells of it beside the facts of its call. */
export interface Failure
  extends Partial<Pick<ApiErrorDetails, "body" | "cause" | "code" | "codeName" | "fields">> {
  readonly type: new (message: string, details: ApiErrorDetails) => OnePayError;
  readonly message: string;
  readonly response?: Response;
}

/** How much of an error's body is read, in bytes. */
const bound = 65_536;

type Reader = ReadableStreamDefaultReader<Uint8Array> | undefined;

export async function attempt(call: Call, signal: AbortSignal): Promise<Success | Failure> {
  const { url, init, fetch, operation } = call;
  let response: Response;
  let reader: Reader;
  try {
    response = await fetch(url, { ...init, signal });
    if (typeof response?.headers?.get !== "function")
      throw new TypeError("The option fetch must give a Response.");
    // In here too: a replaced fetch may give something else, or an answer that was read already.
    reader = response.body?.getReader();
  } catch (cause) {
    const code = codeOf(cause);
    const what = isRefused(code) ? "no connection, nothing was sent; check baseUrl" : "the connection broke";
    return { type: ConnectionError, message: `${what}${code ? ` (${code})` : ""}.`, cause };
  }
  const { ok, status, headers } = response;
  const { text, cause } = await read(reader, ok ? Number.POSITIVE_INFINITY : bound);
  if (!ok) return { response, ...refused(status, text) };
  const isEmpty = !text && (status === 204 || status === 205 || operation.method === "delete");
  // Deleting may be answered with nothing, whatever the status.
  if (!cause && isEmpty) return { response, text, data: undefined };
  try {
    // What calls itself something else is not OnePay's, even where its text happens to be JSON.
    if (!cause && /\bjson\b/i.test(headers.get("content-type") ?? "json")) {
      return { response, text, data: JSON.parse(text) as unknown };
    }
  } catch {
    // The parser's own error would show a piece of the body.
  }
  const what = cause ? "broke off" : "is not JSON; check baseUrl";
  const message = `the answer (${status}) ${what}. See error.body.`;
  return { type: InvalidResponseError, message, response, body: text.slice(0, bound), cause };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// An unread body keeps its connection checked out, and an endless one would fill the memory.
async function read(reader: Reader, limit: number): Promise<{ text: string; cause?: unknown }> {
  if (!reader) return { text: "" };
  const decoder = new TextDecoder();
  let text = "";
  let left = limit;
  try {
    while (left > 0) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode() };
      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.length;
    }
    reader.cancel().catch(() => {});
    return { text };
  } catch (cause) {
    return { text, cause };
  }
}

const advice: { [status: number]: string } = {
  401: "Check the key, unless error.codeName names a reason of business",
  403: "The company is not active, or the key lacks the permission",
  404: "It does not exist, or not for this key",
  429: "Send fewer requests at a time",
};

function refused(status: number, text: string): Failure {
  const body = parsed(text);
  // A browser shows a redirect that it was told not to follow with status 0.
  if (status < 400) {
    const message = `a redirect (${status}), which is never followed; check baseUrl.`;
    return { type: RedirectError, message, body };
  }
  const told = readErrorBody(body);
  const names = Object.keys(told.fields).filter(Boolean).join(", ");
  // Nothing of the server's own words: they may repeat a name or a document, and a message is what gets logged.
  const hint = names ? `See error.fields: ${names}` : (advice[status] ?? "See error.body");
  const message = `${[status, told.codeName].filter(Boolean).join(" ")}. ${hint}.`;
  return { type: apiErrorOf(status), message, body, ...told };
}
