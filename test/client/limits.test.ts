import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AbortError, type ConnectionError, OnePay, TimeoutError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import {
  apiKey,
  clientOf,
  customer,
  type Handler,
  person,
  rejectionOf,
  reply,
  serve,
  stall,
  stallInBody,
} from "./server.js";

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A fetch that never responds and, like the platform's, rejects when it's aborted. */
const never: Fetch = (_url, { signal }) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

const fetchWith =
  (...statuses: number[]): Fetch =>
  async () =>
    Response.json(customer, { status: statuses.shift() ?? 200 });

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
    const fetch = vi.fn(never);
    const call = rejectionOf(new OnePay({ apiKey, fetch, timeout: 1_000 }).customers.create(person));
    await vi.advanceTimersByTimeAsync(999);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_010);
    expect(fetch).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await call).toMatchObject({ name: "TimeoutError", attempts: 3 });
  });

  test("can be set for one call", async () => {
    const server = await serve(stall);
    const onepay = clientOf(server, { maxRetries: 0 });
    const error = await rejectionOf<Error>(onepay.customers.get("cus_1", { timeout: 40 }));
    expect(error.message).toContain("timed out after 40 ms");
  });

  test("leaves no timer behind, after a success or a failure", async () => {
    vi.useFakeTimers();
    await new OnePay({ apiKey, fetch: fetchWith(200) }).customers.get("cus_1");
    await rejectionOf(new OnePay({ apiKey, fetch: fetchWith(422) }).customers.get("cus_1"));
    expect(vi.getTimerCount()).toBe(0);
  });

  test("leaves no timer behind if fetch returns undefined", async () => {
    vi.useFakeTimers();
    const noResponse = (async () => undefined) as unknown as Fetch;
    expect(
      await rejectionOf(new OnePay({ apiKey, fetch: noResponse, maxRetries: 0 }).customers.create(person)),
    ).toBeInstanceOf(Error);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("deadline", () => {
  test("ends the call during an attempt, and the message names it", async () => {
    const server = await serve(stall);
    const error = await rejectionOf(clientOf(server, { deadline: 60 }).customers.create(person));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
    expect(error).toMatchObject({
      message: expect.stringContaining("after the deadline of 60 ms (1 attempt)."),
    });
  });

  test("ends the call when its timer fires, even if the clock is a fraction of a millisecond behind", async () => {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => clock);
    const fetch = vi.fn<Fetch>((url, init) => {
      clock = 19.7;
      return never(url, init);
    });
    const error = await rejectionOf(new OnePay({ apiKey, fetch, deadline: 20 }).customers.create(person));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 1 });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("includes all attempts", async () => {
    vi.useFakeTimers();
    const start = performance.now();
    const onepay = new OnePay({ apiKey, fetch: never, timeout: 400, deadline: 1_000, maxRetries: 9 });
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
    const fetch = vi.fn(fetchWith(503, 200));
    const call = rejectionOf(new OnePay({ apiKey, fetch, deadline: 400 }).customers.create(person));
    await vi.advanceTimersByTimeAsync(0);
    expect(await call).toMatchObject({ name: "ServerError", status: 503, attempts: 1 });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("includes the time of earlier attempts in that decision", async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const slow: Fetch = () =>
      new Promise((resolve) => setTimeout(() => resolve(new Response(null, { status: 503 })), 300));
    const start = performance.now();
    const call = rejectionOf(new OnePay({ apiKey, fetch: slow, deadline: 400 }).customers.create(person));
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
      const fetch = vi.fn(fetchWith(429, 200));
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

  test("doesn't affect a response before it", async () => {
    const server = await serve(reply(503), reply(200, customer));
    expect(await clientOf(server, { deadline: 20_000 }).customers.get("cus_1")).toEqual(customer);
  });

  test("starts again with each page of a list", async () => {
    vi.useFakeTimers();
    const pages = [{ data: [{ id: "1" }] }, { data: [{ id: "2" }] }, { data: [] }];
    const slow: Fetch = () =>
      new Promise((resolve) => setTimeout(() => resolve(Response.json(pages.shift())), 60));
    const onepay = new OnePay({ apiKey, fetch: slow, deadline: 100 });
    const ids: string[] = [];
    const walk = async () => {
      for await (const { id } of onepay.customers.list()) ids.push(id);
    };
    const walked = walk();
    await vi.advanceTimersByTimeAsync(200);
    await walked;
    expect(ids).toEqual(["1", "2"]);
  });
});

describe("signal", () => {
  /** A call that is aborted as `plan` decides, and the milliseconds until it rejected. */
  async function abortedCall(
    plan: (abort: () => void) => { handler: Handler; onEvent?: OnePayOptions["onEvent"] },
  ) {
    const controller = new AbortController();
    const { signal } = controller;
    let abortedAt = Number.NaN;
    const { handler, onEvent } = plan(() => {
      abortedAt = performance.now();
      controller.abort(new Error("enough"));
    });
    const server = await serve(handler);
    const error = await rejectionOf<AbortError>(
      clientOf(server, { onEvent }).customers.create(person, { signal }),
    );
    return { server, error, took: performance.now() - abortedAt };
  }

  const orWaiting = <T>(call: Promise<T>) =>
    Promise.race([call, vi.advanceTimersByTimeAsync(0).then(() => "still waiting")]);

  test("aborted before the call: nothing is sent, and the outcome is rejected", async () => {
    const fetch = vi.fn();
    const signal = AbortSignal.abort();
    const error = await rejectionOf(new OnePay({ apiKey, fetch }).customers.create(person, { signal }));
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ attempts: 0, outcome: "rejected", idempotencyKey: expect.any(String) });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("aborted during the request: the call ends at once with outcome unknown, and the cause is the reason", async () => {
    const { error, took, server } = await abortedCall((abort) => ({ handler: abort }));
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown", cause: new Error("enough") });
    expect(took).toBeLessThan(5_000);
    expect(server.requests).toHaveLength(1);
  });

  test("aborted during the body: the call ends at once with outcome unknown", async () => {
    const { error, took } = await abortedCall((abort) => ({
      handler(exchange) {
        stallInBody(exchange);
        setTimeout(abort, 30);
      },
    }));
    expect(error).toMatchObject({ name: "AbortError", attempts: 1, outcome: "unknown" });
    expect(took).toBeLessThan(5_000);
  });

  test.each([
    [503, "unknown"],
    [429, "rejected"],
  ])(
    "aborted during the delay after a %d: the call ends at once with outcome %s",
    async (status, outcome) => {
      vi.spyOn(Math, "random").mockReturnValue(0.999);
      const { error, took, server } = await abortedCall((abort) => ({
        handler: reply(status, undefined, { "retry-after": "30" }),
        onEvent({ type }) {
          if (type === "retry") setTimeout(abort, 20);
        },
      }));
      expect(error).toMatchObject({ name: "AbortError", attempts: 1, outcome });
      expect(took).toBeLessThan(5_000);
      expect(server.requests).toHaveLength(1);
    },
  );

  test("aborted during the delay after a timeout: the call ends at once", async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    const controller = new AbortController();
    const { signal } = controller;
    const fetch = vi.fn(never);
    const call = rejectionOf(new OnePay({ apiKey, fetch, timeout: 50 }).customers.create(person, { signal }));
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    const error = await orWaiting(call);
    expect(error).toMatchObject({ name: "AbortError", attempts: 1, outcome: "unknown" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("aborted during the attempt after a timeout: the call ends at once", async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const { signal } = controller;
    const call = rejectionOf(
      new OnePay({ apiKey, fetch: never, timeout: 50 }).customers.create(person, { signal }),
    );
    await vi.advanceTimersByTimeAsync(75);
    controller.abort();
    const error = await orWaiting(call);
    expect(error).toMatchObject({ name: "AbortError", attempts: 2, outcome: "unknown" });
  });

  test.each([
    ["request", { attempts: 0, outcome: "rejected" }, 0],
    ["response", { attempts: 1, outcome: "rejected" }, 1],
    ["retry", { attempts: 1, outcome: "rejected" }, 1],
  ])("aborted by onEvent at the event %s: the call ends at once", async (type, expected, sent) => {
    const controller = new AbortController();
    const headers = { "retry-after": "30" };
    const fetch = vi.fn<Fetch>(async () => Response.json({}, { status: 429, headers }));
    const onepay = new OnePay({
      apiKey,
      fetch,
      onEvent: (event) => {
        if (event.type === type) controller.abort();
      },
    });
    const error = await rejectionOf(onepay.customers.create(person, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", ...expected });
    expect(fetch).toHaveBeenCalledTimes(sent);
  });

  test("aborted by onEvent at the second request: one attempt was made", async () => {
    const controller = new AbortController();
    const fetch = vi.fn(fetchWith(503, 200));
    const onepay = new OnePay({
      apiKey,
      fetch,
      onEvent: ({ type, attempt }) => {
        if (type === "request" && attempt === 2) controller.abort();
      },
    });
    const error = await rejectionOf(onepay.customers.create(person, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", attempts: 1, outcome: "unknown" });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("aborted: the call ends even if fetch ignores its signal", async () => {
    const controller = new AbortController();
    const ignoring: Fetch = () => new Promise(() => {});
    const call = rejectionOf(
      new OnePay({ apiKey, fetch: ignoring }).customers.get("cus_1", { signal: controller.signal }),
    );
    controller.abort();
    expect(await call).toBeInstanceOf(AbortError);
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

  test("aborted with a reason: the reason is the cause, even if it's a string", async () => {
    const signal = AbortSignal.abort("the customer closed the page");
    const error = await rejectionOf<AbortError>(new OnePay({ apiKey }).customers.get("cus_1", { signal }));
    expect(error.cause).toBe("the customer closed the page");
  });

  test("of AbortSignal.timeout() leads to an AbortError: it's the caller's limit, not the client's", async () => {
    const server = await serve(stall);
    const signal = AbortSignal.timeout(30);
    const error = await rejectionOf<ConnectionError>(clientOf(server).customers.get("cus_1", { signal }));
    expect(error).toMatchObject({ name: "AbortError", cause: { name: "TimeoutError" } });
  });
});
