/** One logical call: its attempts, the waits between them, and the limits around them. */
import { onAbort } from "./abort.js";
import { attempt, type Failure, type Success } from "./attempt.js";
import type { Call } from "./call.js";
import { AbortError, type ApiErrorDetails, type OnePayError, TimeoutError } from "./errors.js";
import { safeCause } from "./inspect.js";
import { backoff, isPassing, isRejected, longestWait, reasonOf, retryAfterOf } from "./retry.js";
import type { EventBase, OnePayEvent } from "./types.js";

/** The success of a call, and after how many attempts it came. */
export interface Answer extends Success {
  readonly idempotencyKey: string | undefined;
  readonly attempts: number;
  /** Makes the error for an answer that is JSON, but not what was asked for. */
  readonly fail: (failure: Failure) => OnePayError;
}

type Told<Event> = Event extends OnePayEvent ? Omit<Event, keyof EventBase> & Partial<EventBase> : never;

/** Sends a call until it succeeds or may not be sent again. What it throws is a `OnePayError`. */
export async function send(call: Call): Promise<Answer> {
  const { id, retries, idempotencyKey, secrets, signal, timeout, onEvent } = call;
  const { deadline = Number.POSITIVE_INFINITY } = call;
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  let attempts = 0;
  // Once an attempt may have been acted on, no later refusal takes that back: only a success settles it.
  let unknown = false;

  const emit = (event: Told<OnePayEvent>): void => {
    if (!onEvent) return;
    const base = { operation: id, idempotencyKey, attempt: attempts, elapsed: elapsed() };
    // A hook is the caller's: whatever it throws, now or later, must not disturb the call.
    (async () => onEvent({ ...base, ...event }))().catch(() => {});
  };

  const fail = ({ type: Type, message, response, ...told }: Failure): OnePayError => {
    const { status, headers } = response ?? {};
    const outcome = unknown ? "unknown" : "rejected";
    const advice = unknown && idempotencyKey ? " It may be done: go on with the same idempotencyKey." : "";
    const error = new Type(`${id}: ${message}.${advice}`, {
      operation: id,
      idempotencyKey,
      attempts,
      outcome,
      ...(headers && { status, headers, requestId: requestIdOf(headers), retryAfter: retryAfterOf(headers) }),
      ...told,
      cause: safeCause(told.cause, secrets),
    } as ApiErrorDetails);
    emit({ type: "error", error: error.name, outcome, status });
    return error;
  };
  const aborted = () => fail({ type: AbortError, message: "aborted by your signal", cause: signal?.reason });

  // Whatever comes first: the work, the limit, or the caller's abort, which takes effect at once.
  let interrupt = () => {};
  const wait = <T>(limit: number, work?: () => Promise<T>): Promise<T | "limit" | "abort"> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return new Promise<T | "limit" | "abort">((resolve) => {
      interrupt = () => resolve("abort");
      // A hook may have aborted since the last wait.
      if (signal?.aborted) return interrupt();
      timer = setTimeout(resolve, limit, "limit");
      work?.().then(resolve);
    }).finally(() => clearTimeout(timer));
  };

  if (signal?.aborted) throw aborted();
  const release = signal && onAbort(signal, () => interrupt());
  try {
    for (;;) {
      const before: boolean = unknown;
      const sent = elapsed();
      const limit = Math.min(timeout, deadline - sent);
      const controller = new AbortController();
      emit({ type: "request", attempt: attempts + 1 });
      const result: Success | Failure | "limit" | "abort" = await wait(limit, () => {
        attempts += 1;
        unknown = true;
        return attempt(call, controller.signal);
      });
      if (typeof result === "string") controller.abort();
      if (result === "abort") throw aborted();
      const which = limit < timeout ? `deadline of ${deadline}` : `timeout of ${timeout}`;
      const late = { type: TimeoutError, message: `no whole answer within the ${which} ms` };
      const outcome: Success | Failure = result === "limit" ? late : result;
      const { response } = outcome;
      if (response) {
        const { status, headers } = response;
        emit({ type: "response", status, duration: elapsed() - sent, requestId: requestIdOf(headers) });
      }
      if ("data" in outcome) return { ...outcome, idempotencyKey, attempts, fail };

      unknown = before || !isRejected(outcome);
      const retryAfter = (response && retryAfterOf(response.headers)) ?? 0;
      const delay = Math.max(backoff(attempts), retryAfter);
      const isLast = attempts > retries || !isPassing(outcome) || retryAfter > longestWait;
      if (isLast || elapsed() + delay >= deadline) throw fail(outcome);
      emit({ type: "retry", delay, reason: reasonOf(outcome) });
      if ((await wait(delay)) === "abort") throw aborted();
      // A busy program, or one whose machine slept, wakes late.
      if (elapsed() >= deadline) throw fail(outcome);
    }
  } finally {
    release?.();
  }
}

const requestIdOf = (headers: Headers): string | undefined => headers.get("x-request-id") ?? undefined;
