import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { OnePay } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import { apiKey, clientOf, customer, faultOf, reply, serve, stall } from "./server.js";

let warnings: Error[];
const heard = (warning: Error) => void warnings.push(warning);
beforeEach(() => {
  warnings = [];
  process.on("warning", heard);
});
afterEach(() => {
  process.off("warning", heard);
});

const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);
// For busy machines.
const patience = { timeout: 15_000 };
vi.setConfig({ testTimeout: 60_000 });
/** Warnings are told in a later turn. */
const aTurn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("one AbortSignal shared by 1,000 concurrent calls", () => {
  test("holds one listener while they run and none afterwards, and Node warns of nothing", async () => {
    const { signal } = new AbortController();
    const server = await serve(reply(200, customer));
    const { customers } = clientOf(server);
    const calls = times(1_000, () => customers.get("cus_1", { signal }));
    expect(listenersOf(signal)).toBe(1);
    expect(await Promise.all(calls)).toEqual(times(1_000, () => customer));
    await aTurn();
    expect(listenersOf(signal)).toBe(0);
    expect(warnings).toEqual([]);
    expect(server.requests).toHaveLength(1_000);
  });

  test("aborts every one of them at once, and is free of listeners then", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const server = await serve(stall);
    const { customers } = clientOf(server);
    const calls = times(1_000, () => faultOf(customers.get("cus_1", { signal })));
    await vi.waitUntil(() => server.requests.length > 0, patience);
    const start = performance.now();
    controller.abort();
    const errors = await Promise.all(calls);
    // Far below the timeout, after which the calls would look for the signal themselves.
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(errors.every((error) => (error as Error).name === "AbortError")).toBe(true);
    await aTurn();
    expect(listenersOf(signal)).toBe(0);
    expect(warnings).toEqual([]);
  });

  test("is heard by calls that begin after others have ended", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const server = await serve(reply(200, customer), stall);
    const { customers } = clientOf(server);
    await customers.get("cus_1", { signal });
    const call = faultOf(customers.get("cus_1", { signal }));
    await vi.waitUntil(() => server.requests.length === 2, patience);
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError", outcome: "unknown" });
  });
});

test("a call that ends leaves the others their listener", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const server = await serve(stall, reply(200, customer));
  const { customers } = clientOf(server);
  const waiting = faultOf(customers.get("cus_1", { signal }));
  await vi.waitUntil(() => server.requests.length === 1, patience);
  await customers.get("cus_1", { signal });
  expect(listenersOf(signal)).toBe(1);
  controller.abort();
  expect(await waiting).toMatchObject({ name: "AbortError" });
});

test("20,000 calls, one after the other, leave no listener on their signal and no timer behind", async () => {
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
  expect(listenersOf(signal)).toBe(0);
});
