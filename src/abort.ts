/** One listener a signal, however many calls share it: platforms take many for a leak, and warn. */
const callsOf = new WeakMap<EventTarget, Set<() => void>>();

// The same function for all: adding it twice adds it once.
const abort = ({ target }: Event): void => {
  for (const interrupt of callsOf.get(target as EventTarget) as Set<() => void>) interrupt();
};

/** Has `interrupt` called when the signal aborts, until the function that it returns is called. */
export function onAbort(signal: AbortSignal, interrupt: () => void): () => void {
  const calls = callsOf.get(signal) ?? new Set();
  callsOf.set(signal, calls.add(interrupt));
  signal.addEventListener("abort", abort);
  return () => {
    calls.delete(interrupt);
    if (!calls.size) signal.removeEventListener("abort", abort);
  };
}
