/** One logical call: its attempts, the waits between them, and the limits around them. */
import { onAbort } from "./abort.js";
import { attempt, type Failure, failure, type Success } from "./attempt.js";
import type { Call } from "./call.js";
import {
  AbortError,
  type ApiErrorDetails,
  InvalidResponseError,
  type OnePayError,
  TimeoutError,
} from "./errors.js";
import { safeCause } from "./inspect.js";
import { backoff, isRepeatable, longestWait, retryAfterOf } from "./retry.js";
import type { OnePayEvent } from "./types.js";

/** The success of a call, and after how many attempts it came. */
export interface Answer extends Success {
  readonly call: Call;
  readonly attempts: number;
  /** The error for an answer that is JSON, but not what was asked for. */
  readonly invalid: (message: string) => OnePayError;
}

/** How a wait ended: what was waited for, its limit, or the caller. */
type Waited<T> = T | "limit" | "abort";

type Told<Event> = Event extends OnePayEvent
  ? Omit<Event, "operation" | "idempotencyKey" | "attempt" | "elapsed">
  : never;

/** Sends a call until it succeeds or may not be sent again. What it throws is a `OnePayError`. */
export async function send(call: Call): Promise<Answer> {
  const { id, operation, idempotencyKey, settings, signal, secrets } = call;
  const { timeout, deadline = Number.POSITIVE_INFINITY, onEvent } = settings;
  const retries = isRepeatable(operation, idempotencyKey) ? settings.maxRetries : 0;
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  let attempts = 0;
  // Once an attempt may have been acted on, no later refusal takes that back: only a success settles it.
  let unknown = false;

  const emit = (event: Told<OnePayEvent>): void => {
    // A hook is the caller's: whatever it throws, now or later, must not disturb the call.
    try {
      const base = { operation: id, idempotencyKey, attempt: attempts, elapsed: elapsed() };
      Promise.resolve(onEvent?.({ ...base, ...event } as OnePayEvent)).catch(() => {});
    } catch {}
  };

  const failed = (
    Type: Failure["type"],
    message: string,
    details: Partial<ApiErrorDetails> = {},
  ): OnePayError => {
    const outcome = unknown ? "unknown" : "rejected";
    const advice =
      unknown && idempotencyKey ? " It may have been done: go on with the same idempotencyKey." : "";
    const cause = safeCause(details.cause, secrets);
    const facts = { ...details, cause, operation: id, idempotencyKey, attempts, outcome } as ApiErrorDetails;
    const error = new Type(`${id}: ${message}${advice}`, facts);
    if (onEvent) emit({ type: "error", error: error.name, outcome, status: details.status });
    return error;
  };
  const aborted = () => failed(AbortError, "aborted by the caller's signal.", { cause: signal?.reason });

  // One way to interrupt a call, whatever it is waiting for; an abort takes effect at once.
  let interrupt: (() => void) | undefined;
  const wait = <T>(limit: number, run?: (signal: AbortSignal) => Promise<T>): Promise<Waited<T>> =>
    new Promise((resolve) => {
      // A hook may have aborted since the last wait.
      if (signal?.aborted) return resolve("abort");
      const controller = run && new AbortController();
      const end = (result: Waited<T>) => {
        // What comes after its end must not take from the next wait the way to interrupt it.
        if (interrupt !== stop) return;
        clearTimeout(timer);
        interrupt = undefined;
        resolve(result);
        // After the result is settled: what the abort makes of the fetch comes too late to count.
        if (result === "limit" || result === "abort") controller?.abort();
      };
      const timer = setTimeout(end, limit, "limit");
      const stop = () => end("abort");
      interrupt = stop;
      if (controller) run(controller.signal).then(end);
    });

  if (signal?.aborted) throw aborted();
  const release = signal && onAbort(signal, () => interrupt?.());
  try {
    for (;;) {
      attempts += 1;
      const sent = elapsed();
      const whole = deadline - sent <= timeout;
      const limit = whole ? deadline : timeout;
      if (onEvent) emit({ type: "request" });
      // By the hook, just now: then this attempt is not sent.
      if (signal?.aborted) {
        attempts -= 1;
        throw aborted();
      }
      const result = await wait(whole ? deadline - sent : timeout, (stop) => attempt(call, stop));
      if (result === "abort") {
        unknown = true;
        throw aborted();
      }
      const outcome = result === "limit" ? late(whole ? "deadline" : "timeout", limit) : result;
      const { response } = outcome;
      const status = response?.status;
      const requestId = response?.headers.get("x-request-id") ?? undefined;
      if (onEvent && status !== undefined)
        emit({ type: "response", status, duration: elapsed() - sent, requestId });
      const retryAfter = response && retryAfterOf(response.headers);
      const answer = response && { status, headers: response.headers, requestId, retryAfter };
      if (!("reason" in outcome)) {
        const { data: body } = outcome;
        const invalid = (message: string) => {
          unknown = true;
          return failed(InvalidResponseError, message, { ...answer, body } as ApiErrorDetails);
        };
        return { ...outcome, call, attempts, invalid };
      }

      unknown ||= !outcome.rejected;
      const delay = Math.max(backoff(attempts), retryAfter ?? 0);
      const tooLong = (retryAfter ?? 0) > longestWait || elapsed() + delay >= deadline;
      const givenUp = () =>
        failed(outcome.type, outcome.message, { ...answer, ...outcome.details } as ApiErrorDetails);
      if (!outcome.passing || attempts > retries || tooLong) throw givenUp();
      if (onEvent) emit({ type: "retry", delay, reason: outcome.reason });
      if ((await wait(delay)) === "abort") throw aborted();
      // A busy program, or one whose machine slept, wakes late.
      if (elapsed() >= deadline) throw givenUp();
    }
  } finally {
    release?.();
  }
}

const late = (which: "deadline" | "timeout", limit: number): Failure =>
  failure(
    TimeoutError,
    `no whole answer within the ${which} of ${limit} ms.`,
    "timeout",
    which === "timeout",
  );
