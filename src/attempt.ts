/** One attempt: sent, answered, read and told apart. It never throws: what went wrong is data. */
import { readErrorBody } from "./error-body.js";
import {
  type ApiErrorDetails,
  apiErrorOf,
  ConnectionError,
  InvalidResponseError,
  type OnePayError,
  RedirectError,
} from "./errors.js";
import { codeOf } from "./retry.js";

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

/** How much is kept of the text of an error, in characters. */
const bound = 65_536;

/**
 * `mayBeEmpty`: a success may be answered with nothing, whatever its status. `show` gives the values that tell nothing
 * of what was sent.
 */
export async function attempt(
  fetch: () => Promise<Response>,
  mayBeEmpty: boolean,
  show: <T>(value: T | null) => T | undefined,
): Promise<Success | Failure> {
  let response: Response | undefined;
  let text = "";
  let isJson = false;
  let cause: unknown;
  try {
    const answer = await fetch();
    // What calls itself something else is not OnePay's, even where its text happens to be JSON.
    isJson = /json/i.test(answer.headers.get("content-type") ?? "json");
    // An unread body keeps its connection checked out, and an endless one would fill the memory.
    const reader = answer.body?.getReader?.();
    // Some platforms, and some replaced fetches, have no stream of the web's.
    const whole = reader ? "" : answer.text();
    // Not before: a replaced fetch may give anything.
    response = answer;
    text += await whole;
    const decoder = new TextDecoder();
    while (reader && (answer.ok || text.length < bound)) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    reader?.cancel().catch(() => {});
  } catch (error) {
    // Whatever was thrown, even nothing, must not pass for a success.
    cause = error || new Error();
  }
  if (!response) {
    const message = `${codeOf(cause) ?? "no connection"}: check baseUrl`;
    return { type: ConnectionError, message, cause };
  }
  const { ok, status } = response;
  const start = text.slice(0, bound);
  let body: unknown = ok ? text : start;
  try {
    body = JSON.parse(body as string);
  } catch {}
  if (ok) {
    const isEmpty = !text && (status === 204 || mayBeEmpty);
    if (!cause && (isEmpty || (isJson && body !== text)))
      return { response, text, data: isEmpty ? undefined : body };
    const message = `${status} ${cause ? "broke off" : "is not JSON: check baseUrl"}`;
    return { type: InvalidResponseError, message, response, body: start, cause };
  }
  // A browser shows a redirect that it was told not to follow with status 0.
  if (status < 400) {
    return { type: RedirectError, message: `${status} redirects: check baseUrl`, response, body };
  }
  const told = readErrorBody(body);
  const [type, advice = ""] = apiErrorOf(status);
  // Nothing of the server's own words: they may repeat a name or a document, and a message is what gets logged.
  const about = [status, ...[told.codeName, ...Object.keys(told.fields)].slice(0, 9).map(show)]
    .filter(Boolean)
    .join(" ");
  return { type, message: about + advice, response, body, cause, ...told, codeName: show(told.codeName) };
}
