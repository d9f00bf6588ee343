/** Events: what `onEvent` is called with. */
import type { Call, CallState } from "./call.js";
import type { EventBase, OnePayEvent } from "./types.js";

/** An event without what all events have. `attempt` is the current one by default. */
type EventDetails<Event> = Event extends OnePayEvent
  ? Omit<Event, keyof EventBase> & Partial<Pick<EventBase, "attempt">>
  : never;

export type Emit = (event: EventDetails<OnePayEvent>) => void;

/** Returns the function that calls the client's and the call's `onEvent`. */
export function createEmitter(call: Call, state: CallState, elapsed: () => number): Emit {
  const { listeners } = call.settings;
  if (listeners.length === 0) return () => {};
  const base = {
    callId: createCallId(),
    operation: call.operation,
    method: call.method.toUpperCase(),
    path: call.path,
    idempotencyKey: call.idempotencyKey,
  };
  return (details) => {
    const event = { ...base, attempt: state.attempts, elapsed: elapsed(), ...details } as OnePayEvent;
    for (const listener of listeners) callSafely(listener, event);
  };
}

/** A listener is the user's code: an error in it, now or later, must not disturb the call. */
async function callSafely(listener: (event: OnePayEvent) => unknown, event: OnePayEvent): Promise<void> {
  try {
    await listener(event);
  } catch {
    // The client has nowhere to report it to.
  }
}

let calls = 0;

/** Unique in all processes that log to one place. It's no secret, so it needs no cryptography. */
function createCallId(): string {
  calls += 1;
  const parts = [Date.now(), calls, Math.floor(Math.random() * 2 ** 40)];
  return parts.map((part) => part.toString(36)).join("-");
}
