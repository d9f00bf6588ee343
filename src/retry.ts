/** The retry policy: what may be sent again, when, and what a failure proves. */
import type { Failure } from "./attempt.js";
import type { Call } from "./call.js";
import { parseHttpDate } from "./http-date.js";
import { isSentOnce } from "./platform.js";

/**
 * Temporary by their definition. From 520 on, they come from a CDN in front of the API. 525 and 526 are missing: they mean
 * a wrong certificate, which a retry doesn't change.
 */
const retryableStatuses = new Set([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527, 529, 530]);

/** 4xx statuses that don't prove that the server did nothing. */
const ambiguousStatuses = new Set([
  408, // The server stopped waiting for the request, but it may have read enough of it.
  409, // The first request with this idempotency key may still be in progress.
  421, // Another server received it.
]);

/** Error codes of platforms for a failure before the first byte of the request: no address, no connection, no TLS. */
const connectErrorCodes = new Set([
  "ECONNREFUSED",
  "ConnectionRefused", // Bun
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NODATA",
  "EAI_NONAME",
  "EMFILE",
  "ENFILE",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A server that asks for a longer delay than this, in milliseconds, isn't waited for. */
export const maxRetryAfter = 60_000;

/** Whether a certificate was refused. That happens before the request is sent. */
export const isCertificateError = (code: string): boolean =>
  /CERT(_\w+)?$/.test(code) || code.startsWith("UNABLE_TO_");

/** Whether nothing of the request was sent. */
export const isConnectError = (code: string | undefined): boolean =>
  code !== undefined && (connectErrorCodes.has(code) || isCertificateError(code));

/** Whether another attempt may succeed within this call. */
export function isRetryable(failure: Failure): boolean {
  switch (failure.kind) {
    case "connection":
    case "timeout":
      return true;
    case "status":
      return retryableStatuses.has(failure.response.status);
    case "invalid":
      // The rest of a broken response may arrive next time. A response that isn't JSON stays that way.
      return failure.reason === "truncated";
    default:
      return false;
  }
}

/** Whether the same request may succeed later, without anybody changing anything. */
export function mayHelpToRetryLater(failure: Failure, idempotencyKey: string | undefined): boolean {
  if (isRetryable(failure) || failure.kind === "aborted") return true;
  if (failure.kind !== "status") return false;
  const { status } = failure.response;
  // A conflict of two requests with one key ends when the first one does.
  if (status === 409) return idempotencyKey !== undefined;
  // 421 and 425 need another connection or more time than a retry within this call has.
  return status === 421 || status === 425 || status >= 500;
}

/** Whether it's certain that the server didn't act on the attempt. Every other failure leaves the outcome unknown. */
export function isCertainlyRejected(failure: Failure, call: Call): boolean {
  const { method, body, settings } = call;
  const { runtime, fetch, fetchOptions } = settings;
  const isRead = method === "get" || method === "head";
  const isOnlyRequest = isSentOnce(method, runtime, fetch, fetchOptions.dispatcher, body !== undefined);
  // If the platform may have sent a write twice, a refusal may be about the second request only. A read has no effect, so
  // a refusal settles it; as for a write, a timeout or a 5xx doesn't.
  if (!isRead && !isOnlyRequest) return false;
  if (failure.kind === "connection") return isConnectError(failure.code);
  if (failure.kind !== "status") return false;
  const { status } = failure.response;
  return status >= 400 && status < 500 && !ambiguousStatuses.has(status);
}

/**
 * Milliseconds before the next attempt: 0.5 s, doubled each time up to 8 s, with full jitter, so that callers that
 * failed together don't come back together.
 */
export const backoffDelay = (attempt: number): number =>
  Math.random() * Math.min(500 * 2 ** (attempt - 1), 8_000);

/**
 * `Retry-After` in milliseconds: seconds, also with a fraction, or a date. If it was sent twice, the longest counts.
 * A date is compared with the server's own `Date`, so that a wrong local clock doesn't matter.
 */
export function parseRetryAfter(headers: Pick<Headers, "get">): number | undefined {
  const now = parseHttpDate(headers.get("date") ?? "") ?? Date.now();
  // A comma after a number or a time separates two values; the one after a weekday doesn't.
  const values = (headers.get("retry-after") ?? "").split(/(?<=\d|GMT)\s*,\s*/);
  const delays = values.map((value) => parseDelay(value.trim(), now)).filter((delay) => delay !== undefined);
  return delays.length > 0 ? Math.min(Math.max(...delays), Number.MAX_SAFE_INTEGER) : undefined;
}

function parseDelay(value: string, now: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1_000);
  const time = parseHttpDate(value);
  return time === undefined ? undefined : Math.max(0, time - now);
}
