import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import {
  apiKey,
  clientOf,
  customer,
  fetchError,
  person,
  rejectionOf,
  reply,
  reset,
  serve,
} from "./server.js";

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** A client that records its events, with delays of 0 between attempts. */
function record(fetch: Fetch, options: OnePayOptions = {}) {
  const events: OnePayEvent[] = [];
  const onepay = new OnePay({ apiKey, fetch, onEvent: (event) => events.push(event), ...options });
  return { events, onepay, types: () => events.map(({ type }) => type) };
}

const fetchWith = (...statuses: number[]): Fetch => {
  const left = [...statuses];
  return async () => Response.json({}, { status: left.shift() ?? 200 });
};

const milliseconds = expect.any(Number);

describe("events of a call", () => {
  test("that succeeds are request, response and success", async () => {
    const { events, onepay } = record(async () =>
      Response.json(customer, { headers: { "x-request-id": "req_1", "retry-after": "1" } }),
    );
    await onepay.customers.create(person, { idempotencyKey: "order:1" });
    const base = {
      callId: expect.stringMatching(/^[\da-z-]+$/),
      operation: "createCustomer",
      method: "POST",
      path: "/customers",
      idempotencyKey: "order:1",
      attempt: 1,
      elapsed: milliseconds,
    };
    expect(events).toEqual([
      { ...base, type: "request" },
      {
        ...base,
        type: "response",
        status: 200,
        duration: milliseconds,
        requestId: "req_1",
        retryAfter: 1_000,
      },
      { ...base, type: "success", status: 200, attempts: 1, duration: milliseconds },
    ]);
  });

  test("that is retried number its attempts from 1", async () => {
    const { events, onepay } = record(fetchWith(503, 200));
    await onepay.customers.get("cus_1");
    expect(events.map(({ type, attempt }) => [type, attempt])).toEqual([
      ["request", 1],
      ["response", 1],
      ["retry", 1],
      ["request", 2],
      ["response", 2],
      ["success", 2],
    ]);
    expect(events.at(-1)).toMatchObject({ attempts: 2 });
  });

  test("that fails end with error, with the facts of the error", async () => {
    const fetch = async () => Response.json({ code_name: "taken" }, { status: 422 });
    const { events, onepay, types } = record(fetch);
    await rejectionOf(onepay.customers.create(person, { idempotencyKey: "order:1" }));
    expect(types()).toEqual(["request", "response", "error"]);
    expect(events.at(-1)).toEqual({
      type: "error",
      callId: events[0]?.callId,
      operation: "createCustomer",
      method: "POST",
      path: "/customers",
      idempotencyKey: "order:1",
      attempt: 1,
      elapsed: milliseconds,
      error: "UnprocessableEntityError",
      outcome: "rejected",
      retryable: false,
      status: 422,
      codeName: "taken",
      attempts: 1,
      duration: milliseconds,
    });
  });

  test("that ends before its first attempt are one error with attempt 0", async () => {
    const { events, onepay } = record(vi.fn());
    await rejectionOf(onepay.customers.create(person, { signal: AbortSignal.abort() }));
    expect(events).toEqual([
      expect.objectContaining({
        type: "error",
        attempt: 0,
        attempts: 0,
        error: "AbortError",
        status: undefined,
        outcome: "rejected",
      }),
    ]);
  });

  test("with invalid arguments are none, since no call was made", async () => {
    const { events, onepay } = record(vi.fn());
    await rejectionOf(onepay.customers.get(".."));
    expect(events).toEqual([]);
  });

  test("have one callId and one idempotency key, the one of the error", async () => {
    const { events, onepay } = record(fetchWith(503, 503, 503));
    const error = await rejectionOf<OnePayError>(onepay.customers.create(person));
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(1);
    expect(new Set(events.map(({ idempotencyKey }) => idempotencyKey))).toEqual(
      new Set([error.idempotencyKey]),
    );
  });

  test("have another callId than those of each other call", async () => {
    const { events, onepay } = record(fetchWith());
    await Promise.all(Array.from({ length: 100 }, () => onepay.customers.get("cus_1")));
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(100);
  });

  test("have the path template instead of ids", async () => {
    const { events, onepay } = record(fetchWith());
    const id = "9da58912-101d-46f8-86c9-20a52119c0bf";
    await onepay.customers.getBalance(id);
    await onepay.request({ method: "GET", path: `/payments/${id}` });
    expect(new Set(events.map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set(["GET /customers/{customer_id}/balance", "GET /payments/{id}"]),
    );
  });

  test("have times that never decrease, and durations within them", async () => {
    const slow: Fetch = () =>
      new Promise((resolve) => setTimeout(() => resolve(Response.json(customer)), 20));
    const { events, onepay } = record(slow);
    await onepay.customers.get("cus_1");
    type Timed = OnePayEvent & { duration: number };
    const [request, response, success] = events as [OnePayEvent, Timed, Timed];
    expect(request.elapsed).toBeGreaterThanOrEqual(0);
    expect(response.elapsed).toBeGreaterThanOrEqual(Math.max(request.elapsed, response.duration));
    expect(response.duration).toBeGreaterThan(10);
    expect(success.duration).toBeGreaterThanOrEqual(response.duration);
  });

  test("of each page of a list belong to a call of the page", async () => {
    const pages = [{ data: [customer] }, { data: [] }];
    const { events, onepay } = record(async () => Response.json(pages.shift()));
    for await (const item of onepay.customers.list()) expect(item).toEqual(customer);
    const types = ["request", "response", "success"];
    expect(events.map(({ type }) => type)).toEqual([...types, ...types]);
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(2);
  });

  test("match the requests that a real server received", async () => {
    const events: OnePayEvent[] = [];
    const server = await serve(reset, reply(201, customer));
    const onepay = clientOf(server, { onEvent: (event) => void events.push(event) });
    await onepay.customers.create(person);
    expect(events.filter(({ type }) => type === "request")).toHaveLength(server.requests.length);
    expect(events.map(({ type }) => type)).toEqual(["request", "retry", "request", "response", "success"]);
    expect(server.requests[0]?.headers["x-idempotency"]).toBe(events[0]?.idempotencyKey);
  });
});

describe("the last event of a call", () => {
  const invalid = async () => new Response("<p>", { headers: { "content-type": "text/html" } });
  const redirect = async () => new Response(null, { status: 302, headers: { location: "/" } });
  test.each<[string, Fetch, object]>([
    ["success", fetchWith(200), { type: "success", attempts: 1, status: 200 }],
    ["success after a retry", fetchWith(503, 200), { type: "success", attempts: 2 }],
    ["error status", fetchWith(404), { type: "error", error: "NotFoundError", attempts: 1 }],
    ["retries used up", fetchWith(503, 503, 503), { type: "error", error: "ServerError", attempts: 3 }],
    [
      "failed connection",
      () => Promise.reject(fetchError("ECONNRESET")),
      { type: "error", error: "ConnectionError", attempts: 3, status: undefined, outcome: "unknown" },
    ],
    ["timeout", () => new Promise(() => {}), { type: "error", error: "TimeoutError", retryable: true }],
    ["invalid response", invalid, { type: "error", error: "InvalidResponseError", retryable: false }],
    ["redirect", redirect, { type: "error", error: "RedirectError", status: 302 }],
    ["no Response", (async () => null) as never, { type: "error", error: "ConnectionError", attempts: 1 }],
  ])("is the only success or error: %s", async (_, fetch, expected) => {
    const { events, onepay } = record(fetch, { timeout: 300 });
    await onepay.customers.get("cus_1").catch(() => {});
    expect(events.at(-1)).toMatchObject(expected);
    expect(events.filter(({ type }) => type === "success" || type === "error")).toHaveLength(1);
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(1);
  });

  test("is an error if a success isn't the list that was requested", async () => {
    const { events, onepay, types } = record(async () => Response.json({ data: "none" }));
    await rejectionOf(onepay.customers.list());
    expect(types()).toEqual(["request", "response", "error"]);
    expect(events.at(-1)).toMatchObject({ error: "InvalidResponseError", status: 200 });
  });
});

describe("onEvent", () => {
  test("of the client and of the call are both called, the client's first", async () => {
    const order: string[] = [];
    const onepay = new OnePay({
      apiKey,
      fetch: fetchWith(),
      onEvent: ({ type, callId }) => order.push(`client ${type} ${callId}`),
    });
    await onepay.customers.get("cus_1", {
      onEvent: ({ type, callId }) => order.push(`call ${type} ${callId}`),
    });
    const callId = order[0]?.split(" ")[2];
    const expected = ["request", "response", "success"].flatMap((type) => [
      `client ${type} ${callId}`,
      `call ${type} ${callId}`,
    ]);
    expect(order).toEqual(expected);
  });

  test("of a call isn't called for the next call", async () => {
    const { events, onepay } = record(fetchWith());
    const onEvent = vi.fn();
    await onepay.customers.get("cus_1", { onEvent });
    await onepay.customers.get("cus_1");
    expect([onEvent.mock.calls.length, events.length]).toEqual([3, 6]);
  });

  test.each<[string, () => void]>([
    [
      "throws",
      () => {
        throw new Error("the listener failed");
      },
    ],
    ["rejects", (() => Promise.reject(new Error("the listener failed"))) as () => void],
    ["never settles", (() => new Promise(() => {})) as () => void],
  ])("that %s doesn't disturb the call, its retries, its error or the other listener", async (_, onEvent) => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const { events, onepay } = record(fetchWith(503, 201, 503, 503, 503));
    expect(await onepay.customers.create(person, { onEvent })).toEqual({});
    expect(events).toHaveLength(6);
    expect(await rejectionOf(onepay.customers.create(person, { onEvent }))).toMatchObject({
      status: 503,
      attempts: 3,
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe("the reason of a retry", () => {
  const retryOf = async (first: () => Promise<Response>, options: OnePayOptions = {}) => {
    let attempts = 0;
    const fetch = () => (attempts++ === 0 ? first() : Promise.resolve(Response.json({})));
    const { events, onepay } = record(fetch, options);
    await onepay.customers.get("cus_1");
    return events.find((event) => event.type === "retry");
  };
  const brokenBody = (cause: unknown) =>
    new Response(new ReadableStream({ pull: (controller) => controller.error(cause) }));

  test("is the status", async () => {
    expect(await retryOf(async () => new Response(null, { status: 429 }))).toMatchObject({ reason: "429" });
  });

  test("is the platform's code for a connection that failed", async () => {
    const error = fetchError("ECONNRESET");
    expect(await retryOf(() => Promise.reject(error))).toMatchObject({ reason: "ECONNRESET" });
  });

  test("is ConnectionError for a connection that failed without a code", async () => {
    const error = new TypeError("fetch failed");
    expect(await retryOf(() => Promise.reject(error))).toMatchObject({ reason: "ConnectionError" });
  });

  test("is InvalidResponseError for a success that broke off", async () => {
    const cause = Object.assign(new Error("terminated"), { code: "UND_ERR_SOCKET" });
    expect(await retryOf(async () => brokenBody(cause))).toMatchObject({ reason: "InvalidResponseError" });
  });

  test("is TimeoutError for a timeout", async () => {
    const never = () => new Promise<never>(() => {});
    expect(await retryOf(never, { timeout: 10 })).toMatchObject({ reason: "TimeoutError" });
  });

  test("is next to the milliseconds until the next attempt", async () => {
    expect(await retryOf(async () => new Response(null, { status: 503 }))).toMatchObject({ delay: 0 });
    vi.useFakeTimers();
    const headers = { "retry-after": "2" };
    const retry = retryOf(async () => new Response(null, { status: 503, headers }));
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    expect(await retry).toMatchObject({ delay: 2_000 });
  });
});

describe("OpenTelemetry", () => {
  /** The hook has no state: the last event of a call has all that its span needs. */
  const spansOf = async (call: (onepay: OnePay) => Promise<unknown>, fetch: Fetch) => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const tracer = provider.getTracer("onepay-client");
    const onEvent = (event: OnePayEvent) => {
      if (event.type !== "success" && event.type !== "error") return;
      const end = Date.now();
      const span = tracer.startSpan(`OnePay ${event.operation}`, {
        kind: SpanKind.CLIENT,
        startTime: end - event.duration,
        attributes: {
          "http.request.method": event.method,
          "url.template": event.path,
          "http.request.resend_count": Math.max(0, event.attempts - 1),
          ...(event.status !== undefined && { "http.response.status_code": event.status }),
          ...(event.type === "error" && { "error.type": event.error, "onepay.outcome": event.outcome }),
        },
      });
      if (event.type === "error") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(end);
    };
    await call(new OnePay({ apiKey, fetch, onEvent })).catch(() => {});
    expect(trace.getActiveSpan()).toBeUndefined();
    return exporter.getFinishedSpans();
  };

  test("gets one span per call from a hook without state, retries included", async () => {
    const slow: Fetch = async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return fetch503(...args);
    };
    const fetch503 = fetchWith(503, 200);
    const [span, ...others] = await spansOf(({ customers }) => customers.get("cus_1"), slow);
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: "OnePay getCustomer",
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        "http.request.method": "GET",
        "url.template": "/customers/{customer_id}",
        "http.request.resend_count": 1,
        "http.response.status_code": 200,
      },
    });
    const [seconds = 0, nanoseconds = 0] = span?.duration ?? [];
    expect(seconds * 1_000 + nanoseconds / 1e6).toBeGreaterThan(50);
  });

  test("gets one span with status ERROR for a call that fails", async () => {
    const spans = await spansOf(({ customers }) => customers.create(person), fetchWith(422));
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      name: "OnePay createCustomer",
      status: { code: SpanStatusCode.ERROR },
      attributes: { "error.type": "UnprocessableEntityError", "onepay.outcome": "rejected" },
    });
  });

  test("gets one span per call of calls that overlap", async () => {
    const call = ({ customers }: OnePay) =>
      Promise.all(Array.from({ length: 20 }, () => customers.get("cus_1")));
    expect(await spansOf(call, fetchWith(503, 200, 503))).toHaveLength(20);
  });
});

describe("everything in events", () => {
  /** Recognizable, never part of a name that the client itself uses, and never part of another one. */
  const secret = (letter: string) =>
    fc.stringMatching(/^[a-z0-9]{6,12}$/).map((text) => `Q${letter}${text}Z`);
  const input = fc.record({
    apiKey: secret("A"),
    token: secret("B"),
    id: secret("C"),
    query: secret("D"),
    body: secret("E"),
    header: secret("F"),
    echoed: secret("G"),
    status: fc.constantFrom(200, 302, 401, 404, 409, 422, 503),
    fails: fc.constantFrom("never", "in fetch", "in the body"),
  });

  test("is safe to log: nothing of what was sent or received is in it", async () => {
    await fc.assert(
      fc.asyncProperty(
        input,
        async ({ apiKey: key, token, id, query, body, header, echoed, status, fails }) => {
          const secrets = [`sk_test_${key}`, key, token, id, query, body, header, echoed];
          const all = secrets.join(" ");
          let responses = 0;
          const fetch: Fetch = async (url, init) => {
            // The server can only repeat what this call sent.
            const sent = decodeURIComponent(`${url} ${init.body} ${JSON.stringify(init.headers)}`);
            const known = secrets.filter((value) => value !== key && sent.includes(value));
            const repeated = known[url.length % known.length];
            if (fails === "in fetch")
              throw Object.assign(new Error(`${url} ${all}`), {
                code: repeated,
                cause: { code: url.length % 2 ? all : repeated },
              });
            const stream = new ReadableStream({
              pull(controller) {
                if (fails === "in the body") controller.error(new Error(`${all} ${init.body}`));
                else {
                  const errors = { [String(repeated)]: [all], [echoed]: [all] };
                  const json = { ...customer, code_name: repeated, message: all, errors, code: 7 };
                  controller.enqueue(new TextEncoder().encode(JSON.stringify(json)));
                  controller.close();
                }
              },
            });
            const headers = { "x-request-id": `req_${repeated}`, location: `/${all}`, "x-echo": all };
            responses += 1;
            return new Response(stream, { status, headers });
          };
          const events: OnePayEvent[] = [];
          const onepay = new OnePay({
            apiKey: `sk_test_${key}`,
            fetch,
            maxRetries: 1,
            headers: { "x-internal": header },
            onEvent: (event) => void events.push(event),
          });
          const { customers, customerSessions } = onepay;
          const charge = {
            payment_method_id: body,
            amount: 100,
            currency: "COP",
            description: body,
          } as const;
          await Promise.allSettled([
            customers.get(id),
            customers.delete(id),
            customers.list({ filter: { document_number: query } }),
            customers.create({ ...person, last_name: body }),
            customers.topUp(id, { amount: 5_000, concept: body }),
            customerSessions.createCharge(charge, { customerToken: token }),
            customerSessions.getCharge(id, { customerToken: token }),
            onepay.request({
              method: "POST",
              path: `/payments/${id}`,
              query: { q: query },
              body: { a: body },
            }),
          ]);
          const text = JSON.stringify(events);
          for (const value of secrets) expect(text).not.toContain(value);
          const terminal = events.filter(({ type }) => type === "success" || type === "error");
          expect(new Set(terminal.map(({ callId }) => callId)).size).toBe(8);
          expect(terminal).toHaveLength(8);
          if (fails !== "in fetch") expect(responses).toBeGreaterThanOrEqual(8);
        },
      ),
      { numRuns: 100 },
    );
  });
});
