/** May it be sent again, and when? */
import type { Failure } from "./attempt.js";

/** A server that asks for a longer wait than this, in milliseconds, is not waited for. */
export const longestWait = 60_000;

const statuses = [408, 429, 500, 502, 503, 504];

/** May another attempt fare better? */
export const isPassing = ({ response, cause }: Failure): boolean =>
  !response || cause !== undefined || statuses.includes(response.status);

/** Is it certain that the server did not act? */
export const isRejected = ({ response, cause }: Failure): boolean =>
  response ? /^4(?!08)/.test(`${response.status}`) : isRefused(codeOf(cause));

/** In a word, for events. */
export const reasonOf = ({ type, response, cause }: Failure): string =>
  codeOf(cause) ?? (response?.ok === false ? String(response.status) : type.prototype.name);

/** Full jitter: callers that failed together do not come back together. 0.5 s, doubled each time up to 8 s. */
export const backoff = (attempt: number): number => Math.random() * Math.min(250 * 2 ** attempt, 8_000);

/** `Retry-After` in milliseconds: whole seconds, or an HTTP date in its one strict form. Anything else is no wish at all. */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const time = Date.parse(value);
  // A careless server sends "Invalid Date", and an invalid date prints as just that.
  return time >= 0 && new Date(time).toUTCString() === value ? Math.max(0, time - Date.now()) : undefined;
}

// Only codes that come before the first byte of the request: name not found, connection or certificate refused. An
// unreachable network is none of them: it may break a connection that had carried the request already.
const nothingSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|(\w+_)?CERT(_\w+)?|UNABLE_TO_\w+)$/;

/** The platform's code for a failed fetch, wherever it put it. */
export const codeOf = (error: unknown): string | undefined => {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const found = cause?.code ?? code;
  return typeof found === "string" && /^\w+$/.test(found) ? found : undefined;
};

export const isRefused = (code: string | undefined): boolean => nothingSent.test(`${code}`);
