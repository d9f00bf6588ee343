/** One logical call: its attempts, the waits between them, and the limits around them. */
import { onAbort } from "./abort.js";
import { attempt, type Failure, type Success } from "./attempt.js";
import { AbortError, type ApiErrorDetails, type OnePayError, TimeoutError } from "./errors.js";
import { withholding } from "./inspect.js";
import { callOptions, type Settings } from "./options.js";
import { backoff, longestWait, retryAfterOf, verdictOf } from "./retry.js";
import type { EventBase, OnePayEvent, Operation } from "./types.js";

/** The success of a call, and after how many attempts it came. */
export interface Answer extends Success {
  readonly idempotencyKey: string | undefined;
  readonly attempts: number;
  /** Makes the error for an answer that is JSON, but not what was asked for. */
  readonly fail: (failure: Failure) => OnePayError;
}

type Told<Event> = Event extends OnePayEvent ? Omit<Event, keyof EventBase> & Partial<EventBase> : never;

/**
 * Sends a call until it succeeds or may not be sent again. What it throws is a `TypeError` where the options are wrong,
 * and a `OnePayError` from then on.
 */
export async function send(
  client: Settings,
  id: string,
  { method, retry, headers: fromOptions = {} }: Operation,
  url: string,
  body: string | undefined,
  options?: object | null,
): Promise<Answer> {
  const settings = callOptions(client, options, fromOptions, id);
  // Taken out of the settings: called on them, a platform's own fetch is an illegal invocation, and `this` would hold the key.
  const { maxRetries, signal, timeout, deadline = 1 / 0, fetch, onEvent } = settings;
  const secrets = [client.apiKey, body || client.apiKey];
  const type = "application/json";
  const headers: Record<string, unknown> = {
    // Without it, an error may come as a page or a redirect.
    accept: type,
    authorization: `Bearer ${client.apiKey}`,
    ...(body && { "content-type": type }),
    ...settings.headers,
  };
  for (const [option, header] of Object.entries(fromOptions)) {
    if (option === "idempotencyKey") settings[option] ??= crypto.randomUUID();
    else secrets.push(settings[option] as string);
    if (!settings[option]) throw new TypeError(`${id}: ${option} must be given.`);
    headers[header] = settings[option];
  }
  const { idempotencyKey } = settings;
  const show = withholding(secrets, url, body);

  const start = performance.now();
  const elapsed = () => performance.now() - start;
  let attempts = 0;
  // Once an attempt may have been acted on, no later refusal takes that back: only a success settles it.
  let unknown = false;

  const emit = (event: Told<OnePayEvent>): void => {
    // A hook is the caller's: whatever it throws, now or later, must not disturb the call.
    try {
      const told = onEvent?.({
        operation: id,
        idempotencyKey,
        attempt: attempts,
        elapsed: elapsed(),
        ...event,
      });
      (told as Promise<unknown> | undefined)?.catch(() => {});
    } catch {}
  };

  // What errors and events tell of an answer.
  const factsOf = (response: Response | undefined) =>
    response && {
      status: response.status,
      requestId: show(response.headers.get("x-request-id")),
      retryAfter: retryAfterOf(response.headers),
    };

  const fail = ({ type: Type, message, response, ...told }: Failure): OnePayError => {
    const outcome = unknown ? "unknown" : "rejected";
    const advice = unknown && idempotencyKey ? " It may be done: keep its idempotencyKey." : "";
    const error = new Type(`${id}: ${message}.${advice}`, {
      operation: id,
      idempotencyKey,
      attempts,
      outcome,
      headers: response?.headers,
      ...factsOf(response),
      ...told,
      cause: told.cause && (show(told.cause) ?? new Error("withheld")),
    } as ApiErrorDetails);
    emit({ type: "error", error: error.name, outcome, status: response?.status });
    return error;
  };

  // Gives nothing where the time is up, or the caller aborts before: that takes effect at once.
  const wait = <T>(time: number, work?: () => Promise<T>): Promise<T | undefined> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let release: (() => void) | undefined;
    return new Promise((resolve: (result?: T) => void, reject) => {
      // A hook may have aborted since the last wait.
      if (signal?.aborted) return resolve();
      release = signal && onAbort(signal, resolve);
      timer = setTimeout(resolve, time);
      work?.().then(resolve, reject);
    }).finally(() => {
      clearTimeout(timer);
      release?.();
    });
  };

  for (;;) {
    const before: boolean = unknown;
    const sent = elapsed();
    const which = deadline - sent < timeout ? "deadline" : "timeout";
    const controller = new AbortController();
    if (!signal?.aborted) emit({ type: "request", attempt: attempts + 1 });
    let outcome: Success | Failure | undefined = await wait(Math.min(timeout, deadline - sent), () => {
      attempts += 1;
      unknown = true;
      const init = {
        method: method.toUpperCase(),
        // A copy: what a replaced fetch writes into it must not reach the next attempt.
        headers: { ...headers },
        body,
        redirect: "manual",
        signal: controller.signal,
      };
      return attempt(() => fetch(url, init as RequestInit), method === "delete", show);
    });
    if (!outcome) {
      controller.abort();
      if (signal?.aborted) throw fail({ type: AbortError, message: "aborted", cause: signal.reason });
      outcome = {
        type: TimeoutError,
        message: `no answer within the ${which} of ${settings[which]} ms`,
      };
      // The timer may be early by a fraction of a millisecond; what is left of the time is none.
      if (which === "deadline") throw fail(outcome);
    }
    const facts = factsOf(outcome.response);
    if (facts) emit({ type: "response", ...facts, duration: elapsed() - sent });
    if ("data" in outcome) return { ...outcome, idempotencyKey, attempts, fail };

    const [isPassing, isRejected, reason] = verdictOf(outcome);
    unknown = before || !isRejected;
    const retryAfter = facts?.retryAfter ?? 0;
    const delay = Math.max(backoff(attempts), retryAfter);
    const isLast = attempts > maxRetries || retry === "never" || !isPassing || retryAfter > longestWait;
    if (isLast || elapsed() + delay >= deadline) throw fail(outcome);
    emit({ type: "retry", delay, reason });
    await wait(delay);
    // A busy program, or one whose machine slept, wakes late.
    if (elapsed() >= deadline) throw fail(outcome);
  }
}
