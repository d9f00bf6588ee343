import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AbortError, type ConnectionError, OnePay, TimeoutError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import {
  apiKey,
  clientOf,
  customer,
  faultOf,
  person,
  reply,
  type Step,
  serve,
  stall,
  stallInBody,
} from "./server.js";

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A fetch that never answers and, like the platform's, rejects once it is aborted. */
const never: Fetch = (_url, { signal }) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

const answers =
  (...statuses: number[]): Fetch =>
  async () =>
    Response.json(customer, { status: statuses.shift() ?? 200 });

describe("the timeout", () => {
  test("holds for an attempt from connecting to the last byte, however steadily the bytes drip", async () => {
    const drip: Step = ({ response }) => {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), 10);
      response.once("close", () => clearInterval(timer));
    };
    const server = await serve(drip);
    const error = await faultOf(clientOf(server, { timeout: 80, maxRetries: 0 }).customers.get("cus_1"));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ message: expect.stringContaining("timeout of 80 ms"), outcome: "unknown" });
  });

  test("begins anew with each attempt", async () => {
    vi.useFakeTimers();
    const fetch = vi.fn(never);
    const call = faultOf(new OnePay({ apiKey, fetch, timeout: 1_000 }).customers.create(person));
    await vi.advanceTimersByTimeAsync(999);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_010);
    expect(fetch).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await call).toMatchObject({ name: "TimeoutError", attempts: 3 });
  });

  test("lets the connection go: the server sees it close", async () => {
    let closed: Promise<void> | undefined;
    const server = await serve((exchange) => {
      closed = new Promise((resolve) => exchange.socket.once("close", () => resolve()));
      stallInBody(exchange);
    });
    await faultOf(clientOf(server, { timeout: 200, maxRetries: 0 }).customers.get("cus_1"));
    await expect(closed).resolves.toBeUndefined();
  });

  test("can be set for a single call", async () => {
    const server = await serve(stall);
    const onepay = clientOf(server, { maxRetries: 0 });
    const error = await faultOf<Error>(onepay.customers.get("cus_1", { timeout: 40 }));
    expect(error.message).toContain("timeout of 40 ms");
  });

  test("leaves no timer behind, neither after a success nor after a failure", async () => {
    vi.useFakeTimers();
    await new OnePay({ apiKey, fetch: answers(200) }).customers.get("cus_1");
    await faultOf(new OnePay({ apiKey, fetch: answers(422) }).customers.get("cus_1"));
    expect(vi.getTimerCount()).toBe(0);
  });

  test("leaves no timer behind where a replaced fetch answers with nonsense", async () => {
    vi.useFakeTimers();
    const nonsense = (async () => undefined) as unknown as Fetch;
    expect(
      await faultOf(new OnePay({ apiKey, fetch: nonsense, maxRetries: 0 }).customers.create(person)),
    ).toBeInstanceOf(Error);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("an error of a replaced fetch that cannot be read is an error of the call all the same", async () => {
  vi.useFakeTimers();
  const unreadable = {
    get code() {
      throw new Error("not now");
    },
  };
  const fetch = vi.fn<Fetch>(() => Promise.reject(unreadable));
  const call = faultOf(new OnePay({ apiKey, fetch }).customers.create(person, { idempotencyKey: "order:1" }));
  await vi.runAllTimersAsync();
  expect(await call).toMatchObject({
    name: "ConnectionError",
    message: expect.stringMatching(/^createCustomer: no connection/),
    idempotencyKey: "order:1",
    attempts: 3,
    outcome: "unknown",
  });
  expect(fetch).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});

describe("the deadline", () => {
  test("ends the call in the middle of an attempt, and is named as what ended it", async () => {
    const server = await serve(stall);
    const error = await faultOf(clientOf(server, { deadline: 60 }).customers.create(person));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
    expect(error).toMatchObject({ message: expect.stringContaining("deadline of 60 ms") });
  });

  test("is over when its timer says so, though the clock lags behind by a fraction of a millisecond", async () => {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => clock);
    const fetch = vi.fn<Fetch>((url, init) => {
      clock = 19.7;
      return never(url, init);
    });
    const error = await faultOf(new OnePay({ apiKey, fetch, deadline: 20 }).customers.create(person));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 1 });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("counts all attempts together", async () => {
    vi.useFakeTimers();
    const start = performance.now();
    const onepay = new OnePay({ apiKey, fetch: never, timeout: 400, deadline: 1_000, maxRetries: 9 });
    const call = faultOf(onepay.customers.create(person));
    await vi.advanceTimersByTimeAsync(1_100);
    const error = await call;
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 3 });
    expect((error as Error).message).toContain("deadline of 1000 ms");
    expect(performance.now() - start).toBeGreaterThanOrEqual(1_000);
  });

  test("fails at once where the next wait would end after it, with the answer that asked for the wait", async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    const fetch = vi.fn(answers(503, 200));
    const call = faultOf(new OnePay({ apiKey, fetch, deadline: 400 }).customers.create(person));
    await vi.advanceTimersByTimeAsync(0);
    expect(await call).toMatchObject({ name: "ServerError", status: 503, attempts: 1 });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("counts what the attempts before have taken, where the next wait would end after it", async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const slow: Fetch = () =>
      new Promise((resolve) => setTimeout(() => resolve(new Response(null, { status: 503 })), 300));
    const start = performance.now();
    const call = faultOf(new OnePay({ apiKey, fetch: slow, deadline: 400 }).customers.create(person));
    await vi.advanceTimersByTimeAsync(300);
    expect(await call).toMatchObject({ name: "ServerError", attempts: 1 });
    expect(performance.now() - start).toBe(300);
  });

  test.each([250, 300])(
    "that has passed while the call slept, by %d ms, sends nothing more",
    async (woken) => {
      // The machine fell asleep: the timer of 100 ms wakes the call later.
      let clock = 0;
      vi.spyOn(performance, "now").mockImplementation(() => clock);
      vi.spyOn(Math, "random").mockReturnValue(0.2);
      const fetch = vi.fn(answers(429, 200));
      const onEvent = ({ type }: OnePayEvent) => {
        if (type === "retry") clock = woken;
      };
      const error = await faultOf(
        new OnePay({ apiKey, fetch, deadline: 250, onEvent }).customers.create(person),
      );
      expect(error).toMatchObject({ name: "RateLimitError", attempts: 1, outcome: "rejected" });
      expect(fetch).toHaveBeenCalledTimes(1);
    },
  );

  test("leaves the answer alone that comes before it", async () => {
    const server = await serve(reply(503), reply(200, customer));
    expect(await clientOf(server, { deadline: 20_000 }).customers.get("cus_1")).toEqual(customer);
  });

  test("begins anew with each page of a list", async () => {
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

describe("an abort", () => {
  /** A call that is aborted where `plan` says, and how many milliseconds it went on after that. */
  async function abortedCall(
    plan: (abort: () => void) => { step: Step; onEvent?: OnePayOptions["onEvent"] },
  ) {
    const controller = new AbortController();
    const { signal } = controller;
    let since = Number.NaN;
    const { step, onEvent } = plan(() => {
      since = performance.now();
      controller.abort(new Error("enough"));
    });
    const server = await serve(step);
    const error = await faultOf<AbortError>(
      clientOf(server, { onEvent }).customers.create(person, { signal }),
    );
    return { server, error, took: performance.now() - since };
  }

  const orWaiting = <T>(call: Promise<T>) =>
    Promise.race([call, vi.advanceTimersByTimeAsync(0).then(() => "still waiting")]);

  test("before the call sends nothing, and the outcome is rejected", async () => {
    const fetch = vi.fn();
    const signal = AbortSignal.abort();
    const error = await faultOf(new OnePay({ apiKey, fetch }).customers.create(person, { signal }));
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ attempts: 0, outcome: "rejected", idempotencyKey: expect.any(String) });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("during the request ends the call at once, with an unknown outcome and the reason as the cause", async () => {
    const { error, took, server } = await abortedCall((abort) => ({ step: abort }));
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown", cause: new Error("enough") });
    expect(took).toBeLessThan(5_000);
    expect(server.requests).toHaveLength(1);
  });

  test("during the body ends the call at once, with an unknown outcome", async () => {
    const { error, took } = await abortedCall((abort) => ({
      step(exchange) {
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
  ])("during a backoff ends it at once; after a %d the outcome is %s", async (status, outcome) => {
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    const { error, took, server } = await abortedCall((abort) => ({
      step: reply(status, undefined, { "retry-after": "30" }),
      onEvent({ type }) {
        if (type === "retry") setTimeout(abort, 20);
      },
    }));
    expect(error).toMatchObject({ name: "AbortError", attempts: 1, outcome });
    expect(took).toBeLessThan(5_000);
    expect(server.requests).toHaveLength(1);
  });

  test("during the backoff after a time-out ends it at once", async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    const controller = new AbortController();
    const { signal } = controller;
    const fetch = vi.fn(never);
    const call = faultOf(new OnePay({ apiKey, fetch, timeout: 50 }).customers.create(person, { signal }));
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    const error = await orWaiting(call);
    expect(error).toMatchObject({ name: "AbortError", attempts: 1, outcome: "unknown" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("during the attempt after a time-out ends it at once", async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const { signal } = controller;
    const call = faultOf(
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
  ])("from within the hook, at the event %s, ends the call at once", async (type, told, sent) => {
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
    const error = await faultOf(onepay.customers.create(person, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", ...told });
    expect(fetch).toHaveBeenCalledTimes(sent);
  });

  test("from within the hook, at the second request, tells of the one that was sent", async () => {
    const controller = new AbortController();
    const fetch = vi.fn(answers(503, 200));
    const onepay = new OnePay({
      apiKey,
      fetch,
      onEvent: ({ type, attempt }) => {
        if (type === "request" && attempt === 2) controller.abort();
      },
    });
    const error = await faultOf(onepay.customers.create(person, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", attempts: 1, outcome: "unknown" });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("reaches a fetch that does not heed its signal: the call ends all the same", async () => {
    const controller = new AbortController();
    const deaf: Fetch = () => new Promise(() => {});
    const call = faultOf(
      new OnePay({ apiKey, fetch: deaf }).customers.get("cus_1", { signal: controller.signal }),
    );
    controller.abort();
    expect(await call).toBeInstanceOf(AbortError);
  });

  test("after the answer changes nothing, and the signal holds no listener any more", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const server = await serve(reply(503), reply(200, customer));
    const data = await clientOf(server).customers.get("cus_1", { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
    controller.abort();
    expect(data).toEqual(customer);
  });

  test("keeps whatever reason the caller gave as the cause", async () => {
    const signal = AbortSignal.abort("the customer closed the page");
    const error = await faultOf<AbortError>(new OnePay({ apiKey }).customers.get("cus_1", { signal }));
    expect(error.cause).toBe("the customer closed the page");
  });

  test("by AbortSignal.timeout is an AbortError too: it is the caller's limit, not the client's", async () => {
    const server = await serve(stall);
    const signal = AbortSignal.timeout(30);
    const error = await faultOf<ConnectionError>(clientOf(server).customers.get("cus_1", { signal }));
    expect(error).toMatchObject({ name: "AbortError", cause: { name: "TimeoutError" } });
  });
});
