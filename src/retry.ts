/** May it be sent again, and when? */
import type { Failure } from "./attempt.js";

/** A server that asks for a longer wait than this, in milliseconds, is not waited for. */
export const longestWait = 60_000;

// Without an answer there is no status, and time or the connection ended the attempt.
const passing = /^(408|429|50[0234]|undefined)$/;

/**
 * What a failure means: may another attempt fare better, is it certain that the server did not act, and why, in a word
 * for events.
 */
export function verdictOf({
  type,
  response,
  cause,
}: Failure): [isPassing: boolean, isRejected: boolean, reason: string] {
  const status = `${response?.status}`;
  const code = codeOf(cause);
  return [
    passing.test(status) || Boolean(cause && response?.ok),
    response ? /^4(?!08)/.test(status) : nothingSent.test(code as string),
    code ?? (response ? status : type.prototype.name),
  ];
}

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
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|\w*CERT(_\w+)?|UNABLE_TO_\w+)$/;

/** The platform's code for a failed fetch, wherever it put it. */
export const codeOf = (error: unknown): string | undefined => {
  try {
    const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
    const found = cause?.code ?? code;
    if (typeof found === "string" && /^[A-Z]\w+$/.test(found)) return found;
  } catch {}
  return undefined;
};
