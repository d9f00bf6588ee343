import { getEventListeners } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type AbortError, OnePay, TimeoutError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import {
  apiKey,
  clientOf,
  customer,
  fetchWith,
  type Handler,
  never,
  person,
  rejectionOf,
  reply,
  retryImmediately,
  type Step,
  serve,
  stall,
  stallInBody,
} from "./server.js";

retryImmediately();
afterEach(() => void vi.useRealTimers());

/** A fetch that never responds and, like the platform's, rejects when it's aborted. */
const silentFetch: Fetch = (_url, { signal }) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

/** Responds after that time. */
const slow =
  (milliseconds: number, respond: () => Response): Step =>
  () =>
    new Promise((resolve) => setTimeout(() => resolve(respond()), milliseconds));

describe("timeout", () => {
  test("ends an attempt even if bytes keep arriving", async () => {
    const drip: Handler = ({ response }) => {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), 10);
      response.once("close", () => clearInterval(timer));
    };
    const server = await serve(drip);
    const error = await rejectionOf(clientOf(server, { timeout: 80, maxRetries: 0 }).customers.get("cus_1"));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      message: expect.stringContaining("Request timed out after 80 ms (1 attempt)."),
      outcome: "unknown",
    });
  });

  test("starts again with each attempt", async () => {
    vi.useFakeTimers();
    const fetch = vi.fn(silentFetch);
    const call = rejectionOf(new OnePay({ apiKey, fetch, timeout: 1_000 }).customers.create(person));
    await vi.advanceTimersByTimeAsync(999);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_010);
    expect(fetch).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await call).toMatchObject({ name: "TimeoutError", attempts: 3 });
  });

  test("can be set for one call", async () => {
    const onepay = clientOf(await serve(stall), { maxRetries: 0 });
    const error = await rejectionOf<Error>(onepay.customers.get("cus_1", { timeout: 40 }));
    expect(error.message).toContain("timed out after 40 ms");
  });

  test.each<[string, Step]>([
    ["a success", 200],
    ["a failure", 422],
    ["a fetch that returns undefined", () => undefined],
  ])("leaves no timer behind after %s", async (_, step) => {
    vi.useFakeTimers();
    await new OnePay({ apiKey, fetch: fetchWith(step), maxRetries: 0 }).customers
      .create(person)
      .catch(() => {});
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("deadline", () => {
  test("ends the call during an attempt, and the message names it", async () => {
    const server = await serve(stall);
    const error = await rejectionOf(clientOf(server, { deadline: 60 }).customers.create(person));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      attempts: 1,
      outcome: "unknown",
      message: expect.stringContaining("after the deadline of 60 ms (1 attempt)."),
    });
  });

  test("ends the call when its timer fires, even if the clock is a fraction of a millisecond behind", async () => {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => clock);
    const fetch = vi.fn<Fetch>((url, init) => {
      clock = 19.7;
      return silentFetch(url, init);
    });
    const error = await rejectionOf(new OnePay({ apiKey, fetch, deadline: 20 }).customers.create(person));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 1 });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("includes all attempts", async () => {
    vi.useFakeTimers();
    const start = performance.now();
    const onepay = new OnePay({ apiKey, fetch: silentFetch, timeout: 400, deadline: 1_000, maxRetries: 9 });
    const call = rejectionOf(onepay.customers.create(person));
    await vi.advanceTimersByTimeAsync(1_100);
    const error = await call;
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 3 });
    expect((error as Error).message).toContain("the deadline of 1000 ms (3 attempts)");
    expect(performance.now() - start).toBeGreaterThanOrEqual(1_000);
  });

  test("fails at once if the next delay would end after it, with the last response", async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    const fetch = fetchWith(503, 200);
    const call = rejectionOf(new OnePay({ apiKey, fetch, deadline: 400 }).customers.create(person));
    await vi.advanceTimersByTimeAsync(0);
    expect(await call).toMatchObject({ name: "ServerError", status: 503, attempts: 1 });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("includes the time of earlier attempts in that decision", async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const fetch = fetchWith(slow(300, () => new Response(null, { status: 503 })));
    const start = performance.now();
    const call = rejectionOf(new OnePay({ apiKey, fetch, deadline: 400 }).customers.create(person));
    await vi.advanceTimersByTimeAsync(300);
    expect(await call).toMatchObject({ name: "ServerError", attempts: 1 });
    expect(performance.now() - start).toBe(300);
  });

  test.each([250, 300])(
    "that passed during a delay ends the call with the last response: %d ms",
    async (elapsed) => {
      // The machine slept: the timer of 100 ms fires later.
      let clock = 0;
      vi.spyOn(performance, "now").mockImplementation(() => clock);
      vi.spyOn(Math, "random").mockReturnValue(0.2);
      const fetch = fetchWith(429, 200);
      const onEvent = ({ type }: OnePayEvent) => {
        if (type === "retry") clock = elapsed;
      };
      const error = await rejectionOf(
        new OnePay({ apiKey, fetch, deadline: 250, onEvent }).customers.create(person),
      );
      expect(error).toMatchObject({ name: "RateLimitError", attempts: 1, outcome: "rejected" });
      expect(fetch).toHaveBeenCalledTimes(1);
    },
  );

  test("starts again with each page of a list", async () => {
    vi.useFakeTimers();
    const pages = [{ data: [{ id: "1" }] }, { data: [{ id: "2" }] }, { data: [] }];
    const fetch = fetchWith(slow(60, () => Response.json(pages.shift())));
    const list = new OnePay({ apiKey, fetch, deadline: 100 }).customers.list().toArray({ limit: 9 });
    await vi.advanceTimersByTimeAsync(200);
    expect((await list).map(({ id }) => id)).toEqual(["1", "2"]);
  });
});

describe("signal", () => {
  interface Abortable {
    readonly fetch?: Fetch;
    readonly handler?: Handler;
    readonly onEvent?: OnePayOptions["onEvent"];
  }

  /** The error of a call that is aborted as planned. The call's own limits end much later. */
  async function abortedCall(plan: (abort: () => void) => Abortable) {
    const controller = new AbortController();
    let abortedAt = Number.NaN;
    const { handler, fetch, onEvent } = plan(() => {
      abortedAt = performance.now();
      controller.abort(new Error("enough"));
    });
    const server = await serve(handler ?? stall);
    const onepay = clientOf(server, { ...(fetch && { fetch }), ...(onEvent && { onEvent }) });
    const call = onepay.customers.create(person, { signal: controller.signal });
    const error = await rejectionOf<AbortError>(call);
    expect(performance.now() - abortedAt).toBeLessThan(5_000);
    expect(error).toMatchObject({ name: "AbortError", cause: new Error("enough") });
    const { attempts, outcome, idempotencyKey } = error;
    expect(idempotencyKey).toBeTypeOf("string");
    return { attempts, outcome, requests: server.requests.length };
  }

  const busy = (status: number) => reply(status, undefined, { "retry-after": "30" });
  const abortAt =
    (abort: () => void, type: OnePayEvent["type"], number = 1) =>
    (event: OnePayEvent) => {
      if (event.type === type && event.attempt === number) abort();
    };
  const later = (abort: () => void) => () => void setTimeout(abort, 20);

  test.each<[string, "rejected" | "unknown", number, number, (abort: () => void) => Abortable]>([
    ["during the request", "unknown", 1, 1, (abort) => ({ handler: abort })],
    [
      "while a fetch that ignores its signal is at work",
      "unknown",
      1,
      0,
      (abort) => ({ fetch: fetchWith(never), onEvent: abortAt(later(abort), "request") }),
    ],
    [
      "during the body",
      "unknown",
      1,
      1,
      (abort) => ({
        handler(exchange) {
          stallInBody(exchange);
          setTimeout(abort, 30);
        },
      }),
    ],
    [
      "during the delay after a 503",
      "unknown",
      1,
      1,
      (abort) => ({ handler: busy(503), onEvent: abortAt(later(abort), "retry") }),
    ],
    [
      "during the delay after a 429",
      "rejected",
      1,
      1,
      (abort) => ({ handler: busy(429), onEvent: abortAt(later(abort), "retry") }),
    ],
    [
      "by onEvent at the event request",
      "rejected",
      0,
      0,
      (abort) => ({ onEvent: abortAt(abort, "request") }),
    ],
    [
      "by onEvent at the event response",
      "rejected",
      1,
      1,
      (abort) => ({ handler: busy(429), onEvent: abortAt(abort, "response") }),
    ],
    [
      "by onEvent at the event retry",
      "rejected",
      1,
      1,
      (abort) => ({ handler: busy(429), onEvent: abortAt(abort, "retry") }),
    ],
    [
      "by onEvent at the second request",
      "unknown",
      1,
      1,
      (abort) => ({ handler: reply(503), onEvent: abortAt(abort, "request", 2) }),
    ],
  ])(
    "aborted %s: the call ends at once with outcome %s, %d attempts and %d requests",
    async (_, outcome, attempts, requests, plan) => {
      expect(await abortedCall(plan)).toEqual({ outcome, attempts, requests });
    },
  );

  test.each([
    ["delay", 100, 1],
    ["attempt", 75, 2],
  ])("aborted during the %s after a timeout: the call ends at once", async (phase, time, attempts) => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(phase === "delay" ? 0.999 : 0);
    const controller = new AbortController();
    const { signal } = controller;
    const onepay = new OnePay({ apiKey, fetch: silentFetch, timeout: 50 });
    const call = rejectionOf(onepay.customers.create(person, { signal }));
    await vi.advanceTimersByTimeAsync(time);
    controller.abort();
    const end = await Promise.race([call, vi.advanceTimersByTimeAsync(0).then(() => "still waiting")]);
    expect(end).toMatchObject({ name: "AbortError", attempts, outcome: "unknown" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("aborted before the call: nothing is sent, the outcome is rejected, and a string can be the cause", async () => {
    const fetch = fetchWith(200);
    const signal = AbortSignal.abort("the customer closed the page");
    const options = { signal, idempotencyKey: "order:7" };
    expect(await rejectionOf(new OnePay({ apiKey, fetch }).customers.create(person, options))).toMatchObject({
      name: "AbortError",
      operation: "createCustomer",
      attempts: 0,
      outcome: "rejected",
      idempotencyKey: "order:7",
      cause: "the customer closed the page",
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("aborted after the response: nothing changes, and the signal has no listener left", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const server = await serve(reply(503), reply(200, customer));
    const data = await clientOf(server).customers.get("cus_1", { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
    controller.abort();
    expect(data).toEqual(customer);
  });

  test("of AbortSignal.timeout() leads to an AbortError: it's the caller's limit, not the client's", async () => {
    const call = clientOf(await serve(stall)).customers.get("cus_1", { signal: AbortSignal.timeout(30) });
    expect(await rejectionOf(call)).toMatchObject({ name: "AbortError", cause: { name: "TimeoutError" } });
  });
});
