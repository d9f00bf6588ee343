import { describe, expect, test, vi } from "vitest";
import { OnePay } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import { apiKey, clientOf, customer, faultOf, person, reply, reset, serve } from "./server.js";

/** A client whose events are kept, and that does not wait between attempts. */
function recorded(fetch: Fetch, options: OnePayOptions = {}) {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const events: OnePayEvent[] = [];
  const onepay = new OnePay({ apiKey, fetch, onEvent: (event) => events.push(event), ...options });
  return { events, onepay, types: () => events.map(({ type }) => type) };
}

const answers = (...statuses: number[]): Fetch => {
  const left = [...statuses];
  return async () => Response.json({}, { status: left.shift() ?? 200 });
};

describe("the events of a call", () => {
  test("are a request and a response where all is well", async () => {
    const { events, onepay } = recorded(async () =>
      Response.json(customer, { headers: { "x-request-id": "req_1" } }),
    );
    await onepay.customers.create(person, { idempotencyKey: "order:1" });
    const base = { operation: "createCustomer", idempotencyKey: "order:1", attempt: 1 };
    expect(events).toEqual([
      { ...base, type: "request", elapsed: expect.any(Number) },
      {
        ...base,
        type: "response",
        elapsed: expect.any(Number),
        status: 200,
        duration: expect.any(Number),
        requestId: "req_1",
      },
    ]);
  });

  test("are a retry between two attempts, numbered from 1", async () => {
    const { events, onepay, types } = recorded(answers(503, 200));
    await onepay.customers.get("1");
    expect(types()).toEqual(["request", "response", "retry", "request", "response"]);
    expect(events.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 2, 2]);
  });

  test("end with an error, whatever ends the call", async () => {
    const { events, onepay, types } = recorded(answers(422));
    await faultOf(onepay.customers.create(person));
    expect(types()).toEqual(["request", "response", "error"]);
    expect(events.at(-1)).toMatchObject({ error: "UnprocessableError", status: 422, outcome: "rejected" });
  });

  test("are an error alone where the call ends before its first attempt", async () => {
    const { events, onepay } = recorded(vi.fn());
    await faultOf(onepay.customers.create(person, { signal: AbortSignal.abort() }));
    expect(events).toEqual([
      expect.objectContaining({
        type: "error",
        attempt: 0,
        error: "AbortError",
        status: undefined,
        outcome: "rejected",
      }),
    ]);
  });

  test("are none where the arguments are at fault: no call has begun", async () => {
    const { events, onepay } = recorded(vi.fn());
    await faultOf(onepay.customers.get(".."));
    expect(events).toEqual([]);
  });

  test("have one key from the first to the last", async () => {
    const { events, onepay } = recorded(answers(503, 503, 503));
    const error = await faultOf<{ idempotencyKey: string }>(onepay.customers.create(person));
    expect(new Set(events.map(({ idempotencyKey }) => idempotencyKey))).toEqual(
      new Set([error.idempotencyKey]),
    );
  });

  test("have times that never go back, and a duration within them", async () => {
    const slow: Fetch = () =>
      new Promise((resolve) => setTimeout(() => resolve(Response.json(customer)), 20));
    const { events, onepay } = recorded(slow);
    await onepay.customers.get("1");
    const [request, response] = events as [OnePayEvent, OnePayEvent & { duration: number }];
    expect(request.elapsed).toBeGreaterThanOrEqual(0);
    expect(response.elapsed).toBeGreaterThanOrEqual(request.elapsed + response.duration - 1);
    expect(response.duration).toBeGreaterThan(10);
  });

  test("of every page of a list are those of a call of its own", async () => {
    const pages = [{ data: [customer] }, { data: [] }];
    const { events, onepay } = recorded(async () => Response.json(pages.shift()));
    for await (const item of onepay.customers.list()) expect(item).toEqual(customer);
    expect(events.map(({ type, attempt }) => [type, attempt])).toEqual([
      ["request", 1],
      ["response", 1],
      ["request", 1],
      ["response", 1],
    ]);
  });

  test("go to the hook of the call instead of the client's, where it has one", async () => {
    const { events, onepay } = recorded(answers(200));
    const own: OnePayEvent[] = [];
    await onepay.customers.get("1", { onEvent: (event) => own.push(event) });
    expect(events).toEqual([]);
    expect(own).toHaveLength(2);
  });
});

describe("the reason of a retry", () => {
  const reasonOf = async (first: () => Promise<Response>, options: OnePayOptions = {}) => {
    let asked = 0;
    const { events, onepay } = recorded(
      () => (asked++ === 0 ? first() : Promise.resolve(Response.json({}))),
      options,
    );
    await onepay.customers.get("1");
    return events.find((event) => event.type === "retry");
  };
  const broken = (cause: unknown) =>
    new Response(new ReadableStream({ pull: (controller) => controller.error(cause) }), { status: 200 });

  test("is the status", async () => {
    expect(await reasonOf(async () => new Response(null, { status: 429 }))).toMatchObject({ reason: "429" });
  });

  test("is the platform's code of a connection that broke, or else the error's name", async () => {
    const cause = Object.assign(new Error("read"), { code: "ECONNRESET" });
    expect(await reasonOf(() => Promise.reject(new TypeError("fetch failed", { cause })))).toMatchObject({
      reason: "ECONNRESET",
    });
    expect(await reasonOf(() => Promise.reject(new TypeError("fetch failed")))).toMatchObject({
      reason: "ConnectionError",
    });
  });

  test("is the code of an answer that broke off, or else its status", async () => {
    const cause = Object.assign(new Error("terminated"), { code: "UND_ERR_SOCKET" });
    expect(await reasonOf(async () => broken(cause))).toMatchObject({ reason: "UND_ERR_SOCKET" });
    expect(await reasonOf(async () => broken(new Error("terminated")))).toMatchObject({
      reason: "200",
    });
  });

  test("is TimeoutError where the time was up", async () => {
    expect(await reasonOf(() => new Promise(() => {}), { timeout: 10 })).toMatchObject({
      reason: "TimeoutError",
    });
  });

  test("comes with the milliseconds until the next attempt", async () => {
    expect(await reasonOf(async () => new Response(null, { status: 503 }))).toMatchObject({ delay: 0 });
    vi.useFakeTimers();
    const waited = reasonOf(async () => new Response(null, { status: 503, headers: { "retry-after": "2" } }));
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    expect(await waited).toMatchObject({ delay: 2_000 });
  });
});

test("against a real server, the events tell of what it received", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const events: OnePayEvent[] = [];
  const server = await serve(reset, reply(201, customer));
  const onepay = clientOf(server, { onEvent: (event) => void events.push(event) });
  await onepay.customers.create(person);
  expect(events.filter(({ type }) => type === "request")).toHaveLength(server.requests.length);
  expect(events.map(({ type }) => type)).toEqual(["request", "retry", "request", "response"]);
  expect(server.requests[0]?.headers["x-idempotency"]).toBe(events[0]?.idempotencyKey);
});
