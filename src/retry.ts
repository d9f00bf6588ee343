/** May it be sent again, and when? */
import type { Operation } from "./types.js";

/** A server that asks for a longer wait than this, in milliseconds, is not waited for. */
export const longestWait = 60_000;

const statuses = new Set([408, 429, 500, 502, 503, 504]);

export const isPassing = (status: number): boolean => statuses.has(status);

// A write without its key is never sent again: the server could do it twice.
export const isRepeatable = (operation: Operation, key: string | undefined): boolean =>
  operation.retry === "safe" || (operation.retry === "with-key" && key !== undefined);

/** Full jitter: callers that failed together do not come back together. 0.5 s, doubled each time up to 8 s. */
export const backoff = (attempt: number): number => Math.random() * Math.min(500 * 2 ** (attempt - 1), 8_000);

/** `Retry-After` in milliseconds: whole seconds, or an HTTP date in its one strict form. Anything else is no wish at all. */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const time = Date.parse(value);
  // A careless server sends "Invalid Date", and an invalid date prints as just that.
  const isDate = Number.isFinite(time) && new Date(time).toUTCString() === value;
  return isDate ? Math.max(0, time - Date.now()) : undefined;
}

// Only codes that come before the first byte of the request: name not found, connection or certificate refused.
const nothingSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** The platform's code for a failed fetch, wherever it put it. */
export const codeOf = (error: unknown): string | undefined => {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const found = cause?.code ?? code;
  return typeof found === "string" && /^\w+$/.test(found) ? found : undefined;
};

export const isRefused = (code: string | undefined): boolean => nothingSent.test(code ?? "");
