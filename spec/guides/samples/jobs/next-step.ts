import {
  AbortError,
  ForbiddenError,
  type OnePayError,
  type Outcome,
  UnauthorizedError,
} from "onepay-client";
import { settings } from "./settings.js";

/** `outcome` as in OnePay's errors. */
export interface Rejection {
  outcome: Outcome;
  reason: string;
}

export type NextStep =
  /** `pause`: what all jobs of the worker wait for. */
  | { type: "retry"; delay: number; pause?: number }
  | ({ type: "reject" } & Rejection)
  /** The worker stops, and the job starts later. */
  | { type: "stop"; delay: number };

/** What to do with a job after its call failed. */
export function nextStep(
  error: OnePayError,
  attempt: number,
): NextStep {
  // This worker stops: another one goes on.
  if (error instanceof AbortError)
    return { type: "retry", delay: 0 };
  // All jobs would fail, so none of them is rejected.
  if (isApiKeyRefused(error))
    return { type: "stop", delay: settings.maxDelay };
  const mayRetry =
    error.retryable ||
    // Only the same key shows what happened.
    error.outcome === "unknown" ||
    isWithoutMoney(error);
  const reject = (outcome: Outcome): NextStep => ({
    type: "reject",
    outcome,
    reason: reasonOf(error),
  });
  if (!mayRetry) return reject("rejected");
  // An earlier attempt may have worked.
  if (attempt >= settings.maxAttempts)
    return reject("unknown");
  const { retryAfter = 0 } = error;
  return {
    type: "retry",
    delay: Math.max(retryAfter, backoff(attempt)),
    ...(affectsAllJobs(error) && {
      pause: Math.max(retryAfter, settings.firstDelay),
    }),
  };
}

/** A rate limit, or no connection. */
const affectsAllJobs = (error: OnePayError): boolean =>
  error.status === 429 ||
  (!error.status && error.outcome === "rejected");

/** A 401 with a code is a business error. */
const isApiKeyRefused = (error: OnePayError): boolean =>
  error instanceof ForbiddenError ||
  (error instanceof UnauthorizedError &&
    !error.codeName);

/** Until you add money to your account. */
const isWithoutMoney = (error: OnePayError): boolean =>
  error.codeName === "balance_is_empty" ||
  error.codeName === "insufficient_funds";

/** Doubles. The random part spreads the jobs. */
function backoff(attempt: number): number {
  const { firstDelay, maxDelay } = settings;
  const delay = firstDelay * 2 ** (attempt - 1);
  return (
    Math.min(delay, maxDelay) *
    (0.5 + Math.random() / 2)
  );
}

/** Names of fields, but no values. */
function reasonOf(error: OnePayError): string {
  const { name, status, codeName } = error;
  const fields = Object.keys(error.fields).join(", ");
  return [status ?? name, codeName, fields]
    .filter(Boolean)
    .join(" ");
}
