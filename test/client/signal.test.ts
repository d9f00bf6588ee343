import { getEventListeners } from "node:events";
import { createContext, Script } from "node:vm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFetchClient, OnePay } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import { sleep, waitFor } from "../../src/wait.js";
import { apiKey, clientOf, customer, rejectionOf, reply, serve, stall } from "./server.js";

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
vi.setConfig({ testTimeout: 60_000 });
/** Node.js emits warnings later. */
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("one AbortSignal shared by 1,000 concurrent calls", () => {
  test("has one listener while they run and none afterwards, and Node.js emits no warning", async () => {
    const { signal } = new AbortController();
    const server = await serve(reply(200, customer));
    const { customers } = clientOf(server);
    const calls = repeat(1_000, () => customers.get("cus_1", { signal }));
    await new Promise((resolve) => setImmediate(resolve));
    const listeners = countListeners(signal);
    expect(await Promise.all(calls)).toEqual(repeat(1_000, () => customer));
    expect(listeners).toBe(1);
    await nextTurn();
    expect(countListeners(signal)).toBe(0);
    expect(warnings).toEqual([]);
    expect(server.requests).toHaveLength(1_000);
  });

  test("aborts all of them immediately and keeps no listener", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const server = await serve(stall);
    const { customers } = clientOf(server);
    const calls = repeat(1_000, () => rejectionOf(customers.get("cus_1", { signal })));
    await vi.waitUntil(() => server.requests.length > 0, patience);
    const start = performance.now();
    controller.abort();
    const errors = await Promise.all(calls);
    // Far below the timeout of 30 s, after which the calls would end without the signal.
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(errors.every((error) => (error as Error).name === "AbortError")).toBe(true);
    await nextTurn();
    expect(countListeners(signal)).toBe(0);
    expect(warnings).toEqual([]);
  });

  test("aborts calls that start after others have ended", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const server = await serve(reply(200, customer), stall);
    const { customers } = clientOf(server);
    await customers.get("cus_1", { signal });
    const call = rejectionOf(customers.get("cus_1", { signal }));
    await vi.waitUntil(() => server.requests.length === 2, patience);
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError", outcome: "unknown" });
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

test("20,000 calls in a row leave no listener on their signal and no timer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { signal } = new AbortController();
  const text = JSON.stringify(customer);
  const init = { headers: { "content-type": "application/json" } };
  const fetch: Fetch = async () => new Response(text, init);
  const { customers } = new OnePay({ apiKey, fetch });
  for (let call = 0; call < 20_000; call += 1) await customers.get("cus_1", { signal });
  const timers = vi.getTimerCount();
  vi.useRealTimers();
  expect(timers).toBe(0);
  expect(countListeners(signal)).toBe(0);
});

test("3,000 calls of the openapi-fetch client leave no listener on their signal", async () => {
  const { signal } = new AbortController();
  const client = createFetchClient({ apiKey, fetch: async () => Response.json(customer) });
  const params = { path: { customer_id: "cus_1" } };
  let most = 0;
  for (let call = 0; call < 3_000; call += 1) {
    await client.GET("/customers/{customer_id}", { params, signal });
    most = Math.max(most, countListeners(signal));
  }
  await nextTurn();
  expect(most).toBe(0);
  expect(warnings).toEqual([]);
});

describe("a signal that isn't this realm's AbortSignal", () => {
  interface Controller {
    readonly signal: AbortSignal;
    abort(): void;
  }

  /** A class of jsdom: its own EventTarget, and no relation to the platform's AbortSignal. */
  function createPolyfillController(): Controller {
    const listeners = new Set<(event: { target: unknown }) => void>();
    const signal = {
      aborted: false,
      reason: undefined as unknown,
      addEventListener: (_type: string, listener: (event: { target: unknown }) => void) =>
        void listeners.add(listener),
      removeEventListener: (_type: string, listener: (event: { target: unknown }) => void) =>
        void listeners.delete(listener),
      [Symbol.toStringTag]: "EventTarget",
    };
    const abort = () => {
      signal.aborted = true;
      signal.reason = new Error("canceled");
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
    const fetch: Fetch = async () => Response.json(customer);
    const { signal } = create();
    const onepay = new OnePay({ apiKey, fetch });
    expect(await onepay.customers.get("cus_1", { signal })).toEqual(customer);
    const params = { path: { customer_id: "cus_1" } };
    const client = createFetchClient({ apiKey, fetch });
    expect((await client.GET("/customers/{customer_id}", { params, signal })).data).toEqual(customer);
  });

  test.each(controllers)("cancels a call immediately: %s", async (_, create) => {
    const controller = create();
    const server = await serve(stall);
    const call = rejectionOf(clientOf(server).customers.get("cus_1", { signal: controller.signal }));
    await vi.waitUntil(() => server.requests.length === 1, patience);
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError", attempts: 1 });
  });

  test.each(controllers)("that has aborted before sends nothing: %s", async (_, create) => {
    const controller = create();
    controller.abort();
    const fetch = vi.fn<Fetch>();
    const call = new OnePay({ apiKey, fetch }).customers.get("cus_1", { signal: controller.signal });
    expect(await rejectionOf(call)).toMatchObject({ name: "AbortError", attempts: 0, outcome: "rejected" });
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("waitFor", () => {
  test("ends as done if the work resolves, even with undefined", async () => {
    expect(await waitFor(10_000, undefined, Promise.resolve(undefined))).toBe("done");
  });

  test("ends as timeout after the time", async () => {
    expect(await waitFor(1, undefined, new Promise(() => {}))).toBe("timeout");
    expect(await waitFor(1, undefined)).toBe("timeout");
  });

  test("ends as aborted if the signal has aborted before, and leaves no listener", async () => {
    const signal = AbortSignal.abort();
    expect(await waitFor(10_000, signal, new Promise(() => {}))).toBe("aborted");
    expect(countListeners(signal)).toBe(0);
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
