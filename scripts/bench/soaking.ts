// Runs in a process of its own: a hundred thousand calls that share one signal, against the server that fails.
import { getEventListeners } from "node:events";
import { OnePay, OnePayError } from "onepay-client";
import type { Ledger } from "./faulty-server.js";
import { answer as reply } from "./processes.js";
import { body } from "./subjects.js";

export interface Soak {
  calls: number;
  seconds: number;
  attempts: number;
  succeeded: number;
  failed: { rejected: number; unknown: number; aborted: number };
  /** Heap in MB after each batch, all calls settled and garbage collected. */
  heap: number[];
  listeners: number;
  ledger: Omit<Ledger, "acted" | "changed">;
  /** What must not be, in words; empty where all is well. */
  faults: string[];
}

const batches = 20;
const batch = 5000;
const width = 200;
const calls = batches * batch;

const [pending, succeeded, rejected, unknown] = [0, 1, 2, 3];

reply(async ({ url }: { url: string }, tell): Promise<Soak> => {
  const controller = new AbortController();
  const { signal } = controller;
  let errors = 0;
  const onepay = new OnePay({
    apiKey: "sk_test_example",
    baseUrl: url,
    timeout: 500,
    onEvent: ({ type }) => {
      if (type === "error") errors++;
    },
  });
  // Laid out before the first call, so that what is kept of each does not grow the heap that is watched.
  const outcomes = new Uint8Array(calls);
  const found: string[] = [];
  const fault = (text: string) => found.length < 20 && found.push(text);
  let [attempts, aborted, settled] = [0, 0, 0];

  const call = async (index: number) => {
    const idempotencyKey = `soak-${index}`;
    let outcome = succeeded;
    try {
      const done = await onepay.customers.create(body, { idempotencyKey, signal }).withResponse();
      attempts += done.attempts;
      if (done.data.id !== idempotencyKey) fault(`${idempotencyKey} got the answer of ${done.data.id}`);
    } catch (error) {
      if (!(error instanceof OnePayError)) throw error;
      attempts += error.attempts;
      if (error.name === "AbortError") aborted++;
      if (error.idempotencyKey !== idempotencyKey)
        fault(`${idempotencyKey} failed under ${error.idempotencyKey}`);
      outcome = error.outcome === "rejected" ? rejected : unknown;
    }
    if (outcomes[index] !== pending) fault(`${idempotencyKey} was settled twice`);
    outcomes[index] = outcome;
    settled++;
  };

  const start = performance.now();
  const heap: number[] = [];
  for (let number = 0; number < batches; number++) {
    let next = number * batch;
    const end = next + batch;
    const last = number === batches - 1;
    await Promise.all(
      Array.from({ length: width }, async () => {
        while (next < end) {
          // The last calls are cut short together, in whatever phase they are.
          if (last && end - next === width) setImmediate(() => controller.abort());
          await call(next++);
        }
      }),
    );
    // Twice, with a turn of the loop between: sockets let go of what they hold one turn late.
    for (const _ of [1, 2]) {
      await new Promise((turned) => setTimeout(turned, 20));
      globalThis.gc?.();
    }
    heap.push(process.memoryUsage().heapUsed / 2 ** 20);
    tell(
      `${end.toLocaleString("en")} of ${calls.toLocaleString("en")} calls, heap ${heap.at(-1)?.toFixed(1)} MB`,
    );
  }
  const seconds = (performance.now() - start) / 1000;

  const ledger = (await (await fetch(`${url}/ledger`)).json()) as Ledger;
  const acted = new Set(ledger.acted);
  const count = (outcome: number) => outcomes.reduce((sum, value) => sum + Number(value === outcome), 0);
  for (let index = 0; index < calls; index++) {
    const key = `soak-${index}`;
    const outcome = outcomes[index];
    if (outcome === pending) fault(`${key} was never settled`);
    if (outcome === succeeded && !acted.has(key)) fault(`${key} succeeded, and the server did nothing`);
    if (outcome === rejected && acted.has(key)) fault(`${key} was called rejected, and the server had acted`);
  }
  for (const key of ledger.changed) fault(`${key} was sent with other bytes`);
  if (settled !== calls) fault(`${settled} calls were settled of ${calls}`);
  const failures = count(rejected) + count(unknown);
  if (errors !== failures) fault(`${errors} error events for ${failures} failures`);
  return {
    calls,
    seconds,
    attempts,
    succeeded: count(succeeded),
    failed: { rejected: count(rejected), unknown: count(unknown), aborted },
    heap,
    listeners: getEventListeners(signal, "abort").length,
    ledger: { requests: ledger.requests, faults: ledger.faults },
    faults: found,
  };
});
