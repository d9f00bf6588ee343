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
import { codeOf, isPassing, isRefused } from "./retry.js";

/** A success that could be read. */
export interface Success {
  readonly response: Response;
  readonly text: string;
  readonly data: unknown;
}

/** What went wrong, and what follows from it. */
export interface Failure {
  readonly type: new (message: string, details: ApiErrorDetails) => OnePayError;
  readonly message: string;
  /** In a word, for events. */
  readonly reason: string;
  /** Is it certain that the server did not act? */
  readonly rejected: boolean;
  /** May another attempt fare better? */
  readonly passing: boolean;
  readonly response?: Response;
  /** What the error tells beside the facts of its call. */
  readonly details: Partial<ApiErrorDetails>;
}

export const failure = (
  type: Failure["type"],
  message: string,
  reason: string,
  passing: boolean,
  rejected = false,
  answer: Partial<Pick<Failure, "response" | "details">> = {},
): Failure => ({ type, message, reason, passing, rejected, details: {}, ...answer });

/** How much of an error's body is read, in bytes. */
const bound = 65_536;

type Reader = ReadableStreamDefaultReader<Uint8Array> | undefined;

const isJson = /\bjson\b/i;

export async function attempt({ url, init, settings, operation }: Call, signal: AbortSignal) {
  const { fetch } = settings;
  let response: Response;
  let reader: Reader;
  try {
    response = await fetch(url, { ...init, signal });
    if (typeof response?.headers?.get !== "function")
      throw new TypeError("The option fetch must give a Response.");
    // In here too: a replaced fetch may give something else, or an answer that was read already.
    reader = response.body?.getReader();
  } catch (cause) {
    return unconnected(cause);
  }
  const { text, cause } = await read(reader, response.ok ? Number.POSITIVE_INFINITY : bound);
  if (!response.ok) return refused(response, text);
  if (cause) return unreadable(response, text, cause);
  // Deleting may be answered with nothing, whatever the status.
  const empty = response.status === 204 || response.status === 205 || operation.method === "delete";
  if (empty && !text) return { response, text, data: undefined };
  // What calls itself something else is not OnePay's, even where its text happens to be JSON.
  if (!isJson.test(response.headers.get("content-type") ?? "json")) return unreadable(response, text);
  try {
    return { response, text, data: JSON.parse(text) as unknown };
  } catch {
    // The parser's own error would show a piece of the body.
    return unreadable(response, text);
  }
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

function unconnected(cause: unknown): Failure {
  const code = codeOf(cause);
  const rejected = isRefused(code);
  const message = rejected ? "no connection, nothing was sent; check baseUrl" : "the connection broke";
  return failure(
    ConnectionError,
    `${message}${code ? ` (${code})` : ""}.`,
    code ?? "connection",
    true,
    rejected,
    {
      details: { cause },
    },
  );
}

function unreadable(response: Response, text: string, cause?: unknown): Failure {
  const message = `the answer (${response.status}) ${cause ? "broke off" : "is not JSON; check baseUrl"}. See error.body.`;
  return failure(InvalidResponseError, message, codeOf(cause) ?? "invalid", !!cause, false, {
    response,
    details: { body: text.slice(0, bound), cause },
  });
}

const advice: { [status: number]: string } = {
  401: "Check the key, unless error.codeName names a reason of business",
  403: "The company is not active, or the key lacks the permission",
  404: "It does not exist, or not for this key",
  429: "Send fewer requests at a time",
};

function refused(response: Response, text: string): Failure {
  const { status } = response;
  const body = parsed(text);
  const reason = String(status);
  // A browser shows a redirect that it was told not to follow with status 0.
  if (status < 400) {
    const message = `a redirect (${status}), which is never followed; check baseUrl.`;
    return failure(RedirectError, message, reason, false, false, { response, details: { body } });
  }
  const read = readErrorBody(body);
  const names = Object.keys(read.fields).filter(Boolean).join(", ");
  // Nothing of the server's own words: they may repeat a name or a document, and a message is what gets logged.
  const hint = names ? `See error.fields: ${names}` : (advice[status] ?? "See error.body");
  const message = `${[status, read.codeName].filter(Boolean).join(" ")}. ${hint}.`;
  const rejected = status < 500 && status !== 408;
  return failure(apiErrorOf(status), message, reason, isPassing(status), rejected, {
    response,
    details: { ...read, body },
  });
}
