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
  let response: Response | undefined;
  let text = "";
  let isJson = false;
  let cause: unknown;
  try {
    const answer = await call.settings.fetch(call.url, { ...call.init, signal } as RequestInit);
    // What calls itself something else is not OnePay's, even where its text happens to be JSON.
    isJson = /\bjson\b/i.test(answer.headers.get("content-type") ?? "json");
    // An unread body keeps its connection checked out, and an endless one would fill the memory.
    const reader = answer.body?.getReader();
    // Not before: a replaced fetch may give anything.
    response = answer;
    const decoder = new TextDecoder();
    for (let left = answer.ok ? 1 / 0 : bound; reader && left > 0; ) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.length;
    }
    reader?.cancel().catch(() => {});
  } catch (error) {
    cause = error;
  }
  if (!response) {
    const code = codeOf(cause) ?? "";
    const what = isRefused(code) ? "nothing was sent: check the network and baseUrl" : "the connection broke";
    return { type: ConnectionError, message: `${what} ${code}`, cause };
  }
  const { ok, status } = response;
  const body = parsed(text);
  if (ok) {
    // Deleting may be answered with nothing, whatever the status.
    const isEmpty = !text && (status === 204 || status === 205 || call.operation.method === "delete");
    if (!cause && (isEmpty || (isJson && body !== text)))
      return { response, text, data: isEmpty ? undefined : body };
    const message = `the answer (${status}) ${cause ? "broke off" : "is not JSON: check baseUrl"}`;
    return { type: InvalidResponseError, message, response, body: text.slice(0, bound), cause };
  }
  // A browser shows a redirect that it was told not to follow with status 0.
  if (status < 400) {
    return { type: RedirectError, message: `a redirect (${status}): check baseUrl`, response, body };
  }
  const told = readErrorBody(body);
  const [type, advice = ""] = apiErrorOf(status);
  // Nothing of the server's own words: they may repeat a name or a document, and a message is what gets logged.
  const about = [status, told.codeName, ...Object.keys(told.fields)].filter(Boolean).join(" ");
  return { type, message: about + advice, response, body, ...told };
}

/** The value of a JSON text; any other text as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
