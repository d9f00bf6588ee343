/** Waiting: for a delay or for work, until a signal aborts. */

/** One listener per signal, for any number of calls: platforms warn about many listeners. */
const callbacks = new WeakMap<EventTarget, Set<() => void>>();

// The same function for all calls, so that adding it twice adds one listener.
const runCallbacks = ({ target }: Event): void => {
  // Signals with this listener have callbacks.
  for (const callback of callbacks.get(target as EventTarget) as Set<() => void>) callback();
};

/** Calls `callback` when the signal aborts, until the returned function is called. */
function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const waiting = callbacks.get(signal) ?? new Set();
  callbacks.set(signal, waiting.add(callback));
  signal.addEventListener("abort", runCallbacks);
  return () => {
    waiting.delete(callback);
    if (waiting.size === 0) signal.removeEventListener("abort", runCallbacks);
  };
}

/** How a wait ended. */
export type WaitEnd = "done" | "timeout" | "aborted";

/** Waits until the work is done, at most `time` milliseconds, and no longer than until the signal aborts. */
export function waitFor(
  time: number,
  signal: AbortSignal | undefined,
  work?: Promise<unknown>,
): Promise<WaitEnd> {
  return new Promise((resolve, reject) => {
    const end = (reason: WaitEnd) => {
      clearTimeout(timer);
      stopListening?.();
      resolve(reason);
    };
    const timer = setTimeout(() => end("timeout"), time);
    const stopListening = signal && onAbort(signal, () => end("aborted"));
    if (signal?.aborted) end("aborted");
    work?.then(() => end("done"), reject);
  });
}

/** Waits `time` milliseconds. */
export async function sleep(time: number, signal: AbortSignal | undefined): Promise<"done" | "aborted"> {
  const end = await waitFor(time, signal);
  return end === "aborted" ? "aborted" : "done";
}
