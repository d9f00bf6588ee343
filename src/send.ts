/** Sends a call: its attempts, the delays between them, and the limits around them. */
import { type Failure, runAttempt, type Success, type TimeLimit } from "./attempt.js";
import type { Call, CallState } from "./call.js";
import { createError, responseFacts } from "./create-error.js";
import { createEmitter, type Emit, round } from "./events.js";
import { createRedactor } from "./redact.js";
import { backoffDelay, isCertainlyRejected, isRetryable, maxRetryAfter, parseRetryAfter } from "./retry.js";
import { sleep } from "./wait.js";

/** The result of a call that succeeded. */
export interface CallResult<T> {
  readonly data: T;
  readonly response: Response;
  /** The response's body as it was received. */
  readonly text: string;
  readonly idempotencyKey: string | undefined;
  readonly attempts: number;
}

/** Turns a response into the data of the call, or finds that it isn't what was requested. */
export type Parse<T> = (success: Success) => { readonly kind: "data"; readonly data: T } | Failure;

/**
 * Sends a call until it succeeds, must not be retried, or reaches a limit.
 *
 * @throws OnePayError, and nothing else.
 */
export async function send<T>(call: Call, parse: Parse<T>): Promise<CallResult<T>> {
  const state: CallState = { attempts: 0, mayHaveActed: false };
  const elapsed = startTimer();
  const emit = createEmitter(call, state, elapsed);
  for (;;) {
    const attemptsBefore = state.attempts;
    const result = await startAttempt(call, state, elapsed, emit);
    const parsed = result.kind === "success" ? parse(result) : result;
    if (parsed.kind === "data" && result.kind === "success") {
      const { response, text } = result;
      emit({
        type: "success",
        status: response.status,
        attempts: state.attempts,
        duration: round(elapsed()),
      });
      return {
        data: parsed.data,
        response,
        text,
        idempotencyKey: call.idempotencyKey,
        attempts: state.attempts,
      };
    }
    const failure = parsed as Failure;
    const wasSent = state.attempts > attemptsBefore;
    if (wasSent && !isCertainlyRejected(failure, call)) state.mayHaveActed = true;

    const delay = delayBeforeRetry(call, state, failure, elapsed());
    if (delay === undefined) throw fail(call, state, failure, elapsed, emit);
    emit({ type: "retry", delay, reason: retryReason(call, failure) });
    const waited = await sleep(delay, call.settings.signal);
    if (waited === "aborted") throw fail(call, state, aborted(call), elapsed, emit);
    // A busy program, or a machine that slept, wakes late. Both times count from the start of the call.
    if (elapsed() >= call.settings.deadline) throw fail(call, state, failure, elapsed, emit);
  }
}

/** Milliseconds since the call started. */
export type Elapsed = () => number;

function startTimer(): Elapsed {
  const start = performance.now();
  return () => performance.now() - start;
}

/** Runs the next attempt, if the signal still allows one. */
async function startAttempt(
  call: Call,
  state: CallState,
  elapsed: Elapsed,
  emit: Emit,
): Promise<Success | Failure> {
  const { timeout, deadline, signal } = call.settings;
  if (signal?.aborted) return aborted(call);
  const startedAt = elapsed();
  const remaining = deadline - startedAt;
  emit({ type: "request", attempt: state.attempts + 1 });
  // The hook may have canceled the call.
  if (signal?.aborted) return aborted(call);
  state.attempts += 1;
  const limit: TimeLimit = remaining < timeout ? "deadline" : "timeout";
  const result = await runAttempt(call, Math.min(timeout, remaining), limit);
  if ("response" in result) {
    emitResponse(call, result.response, elapsed() - startedAt, emit);
    checkResponse(call, state, result, emit);
  }
  return result;
}

const aborted = ({ settings }: Call): Failure => ({ kind: "aborted", cause: settings.signal?.reason });

/** Milliseconds until the next attempt; `undefined` if there must not be one. */
function delayBeforeRetry(
  call: Call,
  state: CallState,
  failure: Failure,
  elapsed: number,
): number | undefined {
  const { maxRetries, deadline } = call.settings;
  if (call.retry === "never" || state.attempts > maxRetries || !isRetryable(failure)) return undefined;
  // The deadline ended the attempt: no time is left for another one.
  if (failure.kind === "timeout" && failure.limit === "deadline") return undefined;
  const retryAfter = "response" in failure ? (parseRetryAfter(failure.response.headers) ?? 0) : 0;
  if (retryAfter > maxRetryAfter) return undefined;
  // The longer of the two, so that `Retry-After: 0` doesn't lead to a hail of requests.
  const delay = Math.max(backoffDelay(state.attempts), retryAfter);
  return elapsed + delay < deadline ? delay : undefined;
}

/** The platform's code, the status or the error's name, for events. */
function retryReason(call: Call, failure: Failure): string {
  // A success that broke off: its status would look like no reason.
  if (failure.kind === "invalid") return "InvalidResponseError";
  if ("response" in failure) return String(failure.response.status);
  if (failure.kind === "timeout") return "TimeoutError";
  // Nothing else without a response is retried.
  const { code } = failure as Extract<Failure, { kind: "connection" }>;
  return createRedactor(call).name(code) ?? "ConnectionError";
}

function emitResponse(call: Call, response: Response, duration: number, emit: Emit): void {
  if (call.settings.listeners.length === 0) return;
  const { status, requestId, retryAfter } = responseFacts(response, createRedactor(call));
  emit({ type: "response", status, requestId, retryAfter, duration: round(duration) });
}

/** Reports the first response of a call that deviates from the document. */
function checkResponse({ operation, settings }: Call, state: CallState, result: Checked, emit: Emit): void {
  const { status } = result.response;
  try {
    const problems = settings.responseCheck?.({ operation, status, body: result.data });
    if (!problems?.length || state.hasDrifted) return;
    state.hasDrifted = true;
    emit({ type: "drift", status, problems });
  } catch {
    // The check must not disturb the call.
  }
}

type Checked = Extract<Success | Failure, { response: Response }>;

/** Creates the error and reports it: the last event of the call. */
function fail(call: Call, state: CallState, failure: Failure, elapsed: Elapsed, emit: Emit) {
  const error = createError(call, state, failure);
  const { name, outcome, retryable, status, codeName } = error;
  emit({
    type: "error",
    error: name,
    outcome,
    retryable,
    status,
    codeName,
    attempts: state.attempts,
    duration: round(elapsed()),
  });
  return error;
}
