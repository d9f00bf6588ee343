import { getEventListeners } from "node:events";
import { createContext, Script } from "node:vm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sleep, type WaitEnd, waitFor } from "../../src/wait.js";
import { recordingClients } from "./clients.js";
import { clientOf, customer, rejectionOf, reply, serve, stall } from "./server.js";

let warnings: Error[];
const onWarning = (warning: Error) => void warnings.push(warning);
beforeEach(() => {
  warnings = [];
  process.on("warning", onWarning);
});
afterEach(() => {
  process.off("warning", onWarning);
});

const countListeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;
const repeat = <T>(count: number, create: () => T) => Array.from({ length: count }, create);
// For busy machines.
const patience = { timeout: 15_000 };
/** Node.js emits warnings later. */
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("one AbortSignal shared by 200 concurrent calls", () => {
  test("has one listener while they run and none afterwards, and Node.js emits no warning", async () => {
    const { signal } = new AbortController();
    const server = await serve(reply(200, customer));
    const { customers } = clientOf(server);
    const calls = repeat(200, () => customers.get("cus_1", { signal }));
    await new Promise((resolve) => setImmediate(resolve));
    const listeners = countListeners(signal);
    expect(await Promise.all(calls)).toEqual(repeat(200, () => customer));
    expect(listeners).toBe(1);
    await nextTurn();
    expect(countListeners(signal)).toBe(0);
    expect(warnings).toEqual([]);
    expect(server.requests).toHaveLength(200);
  });

  test("aborts all of them immediately, also those that start after others have ended", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const server = await serve(reply(200, customer), stall);
    const { customers } = clientOf(server);
    await customers.get("cus_1", { signal });
    const calls = repeat(200, () => rejectionOf(customers.get("cus_1", { signal })));
    await vi.waitUntil(() => server.requests.length > 1, patience);
    const start = performance.now();
    controller.abort();
    const errors = await Promise.all(calls);
    // Far below the timeout of 30 s, after which the calls would end without the signal.
    expect(performance.now() - start).toBeLessThan(15_000);
    for (const error of errors) expect(error).toMatchObject({ name: "AbortError", outcome: "unknown" });
    await nextTurn();
    expect(countListeners(signal)).toBe(0);
    expect(warnings).toEqual([]);
  });
});

test("a call that ends leaves the listener of the other calls on their shared signal", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const server = await serve(stall, reply(200, customer));
  const { customers } = clientOf(server);
  const waiting = rejectionOf(customers.get("cus_1", { signal }));
  await vi.waitUntil(() => server.requests.length === 1, patience);
  await customers.get("cus_1", { signal });
  expect(countListeners(signal)).toBe(1);
  controller.abort();
  expect(await waiting).toMatchObject({ name: "AbortError" });
});

test("500 calls of each client in a row leave no listener on their signal and no timer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { signal } = new AbortController();
  const { onepay, client } = recordingClients();
  let most = 0;
  for (let call = 0; call < 500; call += 1) {
    await onepay.customers.get("cus_1", { signal });
    await client.GET("/customers", { signal });
    most = Math.max(most, countListeners(signal));
  }
  const timers = vi.getTimerCount();
  vi.useRealTimers();
  await nextTurn();
  expect({ most, timers }).toEqual({ most: 0, timers: 0 });
  expect(warnings).toEqual([]);
});

describe("a signal that isn't this realm's AbortSignal", () => {
  interface Controller {
    readonly signal: AbortSignal;
    abort(): void;
  }

  /** A class of jsdom: its own EventTarget, and no relation to the platform's AbortSignal. */
  function createPolyfillController(): Controller {
    type Listener = (event: { target: unknown }) => void;
    const listeners = new Set<Listener>();
    const signal = {
      aborted: false,
      reason: undefined as unknown,
      addEventListener: (_type: string, listener: Listener) => void listeners.add(listener),
      removeEventListener: (_type: string, listener: Listener) => void listeners.delete(listener),
      [Symbol.toStringTag]: "EventTarget",
    };
    const abort = () => {
      Object.assign(signal, { aborted: true, reason: new Error("canceled") });
      for (const listener of listeners) listener({ target: signal });
    };
    return { signal: signal as unknown as AbortSignal, abort };
  }

  /** An AbortController written in another realm, as in a worker's sandbox. */
  function createControllerOfOtherRealm(): Controller {
    const code = `
      class Signal extends EventTarget {
        aborted = false;
        reason = undefined;
      }
      const signal = new Signal();
      ({
        signal,
        abort: () => {
          signal.aborted = true;
          signal.reason = { canceled: true };
          signal.dispatchEvent(new Event("abort"));
        },
      })`;
    return new Script(code).runInContext(createContext({ EventTarget, Event })) as Controller;
  }

  const controllers: [string, () => Controller][] = [
    ["a polyfill with the tag EventTarget", createPolyfillController],
    ["another realm's class", createControllerOfOtherRealm],
  ];

  test.each(controllers)("is accepted by both clients: %s", async (_, create) => {
    const { signal } = create();
    const { onepay, client } = recordingClients({}, () => Response.json(customer));
    expect(await onepay.customers.get("cus_1", { signal })).toEqual(customer);
    expect((await client.GET("/customers", { signal })).data).toEqual(customer);
  });

  test.each(controllers)("cancels a call immediately, and sends nothing later: %s", async (_, create) => {
    const { signal, abort } = create();
    const server = await serve(stall);
    const { customers } = clientOf(server);
    const call = rejectionOf(customers.get("cus_1", { signal }));
    await vi.waitUntil(() => server.requests.length === 1, patience);
    abort();
    expect(await call).toMatchObject({ name: "AbortError", attempts: 1 });
    const later = await rejectionOf(customers.get("cus_1", { signal }));
    expect(later).toMatchObject({ name: "AbortError", attempts: 0, outcome: "rejected" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("waitFor", () => {
  const aborted = AbortSignal.abort();
  const endless = new Promise(() => {});
  test.each<[WaitEnd, string, () => Promise<WaitEnd>]>([
    ["done", "the work resolves, even with undefined", () => waitFor(10_000, undefined, Promise.resolve())],
    ["timeout", "the time is over", () => waitFor(1, undefined, endless)],
    ["timeout", "the time is over and there is no work", () => waitFor(1, undefined)],
    ["aborted", "the signal has aborted before", () => waitFor(10_000, aborted, endless)],
  ])("ends as %s if %s, and leaves no listener", async (end, _, wait) => {
    expect(await wait()).toBe(end);
    expect(countListeners(aborted)).toBe(0);
  });

  test("rejects if the work does, since work reports its failures as data", async () => {
    const error = new Error("a fault of the client");
    expect(await rejectionOf(waitFor(10_000, undefined, Promise.reject(error)))).toBe(error);
  });
});

test("sleep ends early if the signal aborts", async () => {
  const controller = new AbortController();
  const sleeping = sleep(60_000, controller.signal);
  controller.abort();
  expect(await sleeping).toBe("aborted");
  expect(await sleep(1, undefined)).toBe("done");
});
