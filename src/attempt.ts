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

export async function attempt(call: Call, signal: AbortSignal): Promise<Success | Failure> {
  const {
    url,
    init,
    operation,
    settings: { fetch },
  } = call;
  let response: Response | undefined;
  let text = "";
  let cause: unknown;
  try {
    const answer = await fetch(url, { ...init, signal });
    const { ok, status, headers, body } = answer;
    // What calls itself something else is not OnePay's, even where its text happens to be JSON.
    const isJson = /\bjson\b/i.test(headers.get("content-type") ?? "json");
    // An unread body keeps its connection checked out, and an endless one would fill the memory.
    const reader = body?.getReader();
    // Not before: a replaced fetch may give anything.
    response = answer;
    const decoder = new TextDecoder();
    for (let left = ok ? Number.POSITIVE_INFINITY : bound; reader && left > 0; ) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.length;
    }
    reader?.cancel().catch(() => {});
    // Deleting may be answered with nothing, whatever the status.
    const isEmpty = !text && (status === 204 || status === 205 || operation.method === "delete");
    if (ok) return { response, text, data: isEmpty ? undefined : JSON.parse(isJson ? text : "") };
  } catch (error) {
    // The parser's own error would show a piece of the body.
    if (!(error instanceof SyntaxError)) cause = error;
  }
  if (!response) {
    const code = codeOf(cause) ?? "";
    const what = isRefused(code) ? "nothing was sent: check the network and baseUrl" : "the connection broke";
    return { type: ConnectionError, message: `${what} ${code}`, cause };
  }
  const { ok, status } = response;
  if (ok) {
    const message = `the answer (${status}) ${cause ? "broke off" : "is not JSON: check baseUrl"}`;
    return { type: InvalidResponseError, message, response, body: text.slice(0, bound), cause };
  }
  const body = parsed(text);
  // A browser shows a redirect that it was told not to follow with status 0.
  if (status < 400) {
    return { type: RedirectError, message: `a redirect (${status}): check baseUrl`, response, body };
  }
  const told = readErrorBody(body);
  // Nothing of the server's own words: they may repeat a name or a document, and a message is what gets logged.
  const about = [status, told.codeName, ...Object.keys(told.fields)].filter(Boolean).join(" ");
  return { type: apiErrorOf(status), message: `${about}${advice[status] ?? ""}`, response, body, ...told };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const advice: { [status: number]: string } = {
  401: ": check codeName, then the key",
  403: ": the company is not active, or the key may not do this",
  404: ": not there for this key",
  422: ": see error.fields",
  429: ": send fewer requests",
};
