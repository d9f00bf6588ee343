import { setTimeout as delay } from "node:timers/promises";
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import {
  apiKey,
  brokenResponse,
  clientOf,
  customer,
  fetchWith,
  never,
  person,
  recordingClient,
  rejectionOf,
  reply,
  reset,
  retryImmediately,
  type Step,
  serve,
  unhandledRejections,
} from "./server.js";

retryImmediately();

const slow =
  (milliseconds: number, status: number): Step =>
  async () => {
    await delay(milliseconds);
    return Response.json(customer, { status });
  };

const milliseconds = expect.any(Number);

describe("events of a call", () => {
  const base = {
    callId: expect.stringMatching(/^[\da-z-]+$/),
    operation: "createCustomer",
    method: "POST",
    path: "/customers",
    idempotencyKey: "order:1",
    attempt: 1,
    elapsed: milliseconds,
  };
  const create = ({ customers }: OnePay) => customers.create(person, { idempotencyKey: "order:1" });

  test("that succeeds are request, response and success", async () => {
    const headers = { "x-request-id": "req_1", "retry-after": "1" };
    const { events, onepay } = recordingClient(fetchWith(() => Response.json(customer, { headers })));
    await create(onepay);
    const facts = { status: 200, duration: milliseconds };
    expect(events).toEqual([
      { ...base, type: "request" },
      { ...base, type: "response", ...facts, requestId: "req_1", retryAfter: 1_000 },
      { ...base, type: "success", ...facts, attempts: 1 },
    ]);
  });

  test("that fails end with error, with the facts of the error", async () => {
    const taken = () => Response.json({ code_name: "taken" }, { status: 422 });
    const { events, onepay, types } = recordingClient(fetchWith(taken));
    await rejectionOf(create(onepay));
    expect(types()).toEqual(["request", "response", "error"]);
    expect(events.at(-1)).toEqual({
      ...base,
      type: "error",
      error: "UnprocessableEntityError",
      outcome: "rejected",
      retryable: false,
      status: 422,
      codeName: "taken",
      attempts: 1,
      duration: milliseconds,
    });
  });

  test("that is retried number its attempts from 1", async () => {
    const { events, onepay } = recordingClient(fetchWith(503, 200));
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

  test("that ends before its first attempt are one error with attempt 0", async () => {
    const { events, onepay } = recordingClient(fetchWith(200));
    await rejectionOf(onepay.customers.create(person, { signal: AbortSignal.abort() }));
    const facts = { attempt: 0, attempts: 0, status: undefined, outcome: "rejected" };
    expect(events).toEqual([expect.objectContaining({ type: "error", error: "AbortError", ...facts })]);
  });

  test("with invalid arguments are none, since no call was made", async () => {
    const { events, onepay } = recordingClient(fetchWith(200));
    await rejectionOf(onepay.customers.get(".."));
    expect(events).toEqual([]);
  });

  test("have one callId and one idempotency key, the one of the error", async () => {
    const { events, onepay } = recordingClient(fetchWith(503, 503, 503));
    const error = await rejectionOf<OnePayError>(onepay.customers.create(person));
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(1);
    expect(new Set(events.map(({ idempotencyKey }) => idempotencyKey))).toEqual(
      new Set([error.idempotencyKey]),
    );
  });

  test("have another callId than those of each other call", async () => {
    const { events, onepay } = recordingClient(fetchWith(200));
    await Promise.all(Array.from({ length: 100 }, () => onepay.customers.get("cus_1")));
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(100);
  });

  test("have the path template instead of ids", async () => {
    const { events, onepay } = recordingClient(fetchWith(200));
    const id = "9da58912-101d-46f8-86c9-20a52119c0bf";
    await onepay.customers.getBalance(id);
    await onepay.request({ method: "GET", path: `/payments/${id}` });
    expect(new Set(events.map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set(["GET /customers/{customer_id}/balance", "GET /payments/{id}"]),
    );
  });

  test("have times that never decrease, and durations within them", async () => {
    const { events, onepay } = recordingClient(fetchWith(slow(20, 200)));
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
    const { events, onepay } = recordingClient(async () => Response.json(pages.shift()));
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
  const invalid = () => new Response("<p>", { headers: { "content-type": "text/html" } });
  const redirect = () => new Response(null, { status: 302, headers: { location: "/" } });
  const error = (name: string, facts: object) => ({ type: "error", error: name, ...facts });
  test.each<[string, Step[], object]>([
    ["success", [200], { type: "success", attempts: 1, status: 200 }],
    ["success after a retry", [503, 200], { type: "success", attempts: 2 }],
    ["error status", [404], error("NotFoundError", { attempts: 1 })],
    ["retries used up", [503], error("ServerError", { attempts: 3 })],
    [
      "failed connection",
      ["ECONNRESET"],
      error("ConnectionError", { attempts: 3, status: undefined, outcome: "unknown" }),
    ],
    ["timeout", [never], error("TimeoutError", { retryable: true })],
    ["invalid response", [invalid], error("InvalidResponseError", { retryable: false })],
    ["redirect", [redirect], error("RedirectError", { status: 302 })],
    ["no Response", [() => null], error("ConnectionError", { attempts: 1 })],
  ])("is the only success or error: %s", async (_, steps, expected) => {
    const { events, onepay } = recordingClient(fetchWith(...steps), { timeout: 100 });
    await onepay.customers.get("cus_1").catch(() => {});
    expect(events.at(-1)).toMatchObject(expected);
    expect(events.filter(({ type }) => type === "success" || type === "error")).toHaveLength(1);
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(1);
  });

  test("is an error if a success isn't the list that was requested", async () => {
    const { events, onepay, types } = recordingClient(fetchWith(200));
    await rejectionOf(onepay.customers.list());
    expect(types()).toEqual(["request", "response", "error"]);
    expect(events.at(-1)).toMatchObject({ error: "InvalidResponseError", status: 200 });
  });
});

describe("onEvent", () => {
  test("of the client and of the call are both called, the client's first, and the call's for that call only", async () => {
    const order: string[] = [];
    const listener =
      (name: string) =>
      ({ type, callId }: OnePayEvent) =>
        void order.push(`${name} ${type} ${callId}`);
    const { customers } = new OnePay({ apiKey, fetch: fetchWith(200), onEvent: listener("client") });
    await customers.get("cus_1", { onEvent: listener("call") });
    const callId = order[0]?.split(" ")[2];
    const both = (type: string) => [`client ${type} ${callId}`, `call ${type} ${callId}`];
    expect(order).toEqual(["request", "response", "success"].flatMap(both));
    await customers.get("cus_1");
    expect(order).toHaveLength(9);
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("the listener failed");
      },
    ],
    ["rejects", () => Promise.reject(new Error("the listener failed"))],
    ["never settles", never],
  ])(
    "that %s doesn't disturb the call, its retries, its error or the other listener",
    async (_, listener) => {
      const onEvent = listener as () => void;
      const { events, onepay } = recordingClient(fetchWith(503, 201, 503));
      const unhandled = await unhandledRejections(async () => {
        expect(await onepay.customers.create(person, { onEvent })).toEqual(customer);
        expect(events).toHaveLength(6);
        const error = await rejectionOf(onepay.customers.create(person, { onEvent }));
        expect(error).toMatchObject({ status: 503, attempts: 3 });
      });
      expect(unhandled).toEqual([]);
    },
  );
});

describe("the event of a retry", () => {
  const retryOf = async (first: Step, options: OnePayOptions = {}) => {
    const { events, onepay } = recordingClient(fetchWith(first, 200), options);
    await onepay.customers.get("cus_1");
    return events.find(({ type }) => type === "retry");
  };
  const terminated = Object.assign(new Error("terminated"), { code: "UND_ERR_SOCKET" });

  test.each<[string, string, Step]>([
    ["429", "a status", 429],
    ["ECONNRESET", "a connection that failed with that code", "ECONNRESET"],
    [
      "ConnectionError",
      "a connection that failed without a code",
      () => Promise.reject(new TypeError("fetch failed")),
    ],
    ["InvalidResponseError", "a success that broke off", () => brokenResponse(terminated)],
    ["TimeoutError", "a timeout", never],
  ])("has the reason %s for %s, and the delay", async (reason, _, first) => {
    expect(await retryOf(first, { timeout: 50 })).toMatchObject({ reason, delay: 0 });
  });

  test("has the milliseconds until the next attempt", async () => {
    const headers = { "retry-after": "0.02" };
    expect(await retryOf(() => new Response(null, { status: 503, headers }))).toMatchObject({ delay: 20 });
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
    const fetch = fetchWith(slow(30, 503), slow(30, 200));
    const [span, ...others] = await spansOf(({ customers }) => customers.get("cus_1"), fetch);
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
    expect(await spansOf(call, fetchWith(503, 200, 503, 200))).toHaveLength(20);
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
            const headers = { "x-request-id": `req_${repeated}`, location: `/${all}`, "x-echo": all };
            if (fails === "in the body")
              return brokenResponse(new Error(`${all} ${init.body}`), "", { status, headers });
            const errors = { [String(repeated)]: [all], [echoed]: [all] };
            const json = { ...customer, code_name: repeated, message: all, errors, code: 7 };
            return Response.json(json, { status, headers });
          };
          const headers = { "x-internal": header };
          const options = { apiKey: `sk_test_${key}`, maxRetries: 1, headers };
          const { events, onepay } = recordingClient(fetch, options);
          const { customers, customerSessions } = onepay;
          const payment = { amount: 100, currency: "COP", description: body } as const;
          const charge = { payment_method_id: body, ...payment };
          const raw = {
            method: "POST",
            path: `/payments/${id}`,
            query: { q: query },
            body: { a: body },
          } as const;
          await Promise.allSettled([
            customers.get(id),
            customers.delete(id),
            customers.list({ filter: { document_number: query } }),
            customers.create({ ...person, last_name: body }),
            customers.topUp(id, { amount: 5_000, concept: body }),
            customerSessions.createCharge(charge, { customerToken: token }),
            customerSessions.getCharge(id, { customerToken: token }),
            onepay.request(raw),
          ]);
          const text = JSON.stringify(events);
          for (const value of secrets) expect(text).not.toContain(value);
          const terminal = events.filter(({ type }) => type === "success" || type === "error");
          expect(new Set(terminal.map(({ callId }) => callId)).size).toBe(8);
          expect(terminal).toHaveLength(8);
          const responses = events.filter(({ type }) => type === "response");
          expect(responses.length >= 8).toBe(fails !== "in fetch");
        },
      ),
      { numRuns: 100 },
    );
  });
});
