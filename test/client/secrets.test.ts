import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ApiError, createFetchClient, OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import {
  breakInBody,
  closedUrl,
  customer,
  type Handler,
  person,
  rejectionOf,
  reply,
  reset,
  serve,
  stall,
} from "./server.js";

const apiKey = "sk_live_Hush";
const customerToken = "tok/en+of=the.customer";
const otp = "718293";

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** Everything that a value can print, hidden parts included. */
const everythingOf = (value: unknown): string =>
  [
    inspect(value, {
      depth: null,
      showHidden: true,
      getters: true,
      maxStringLength: null,
      maxArrayLength: null,
    }),
    JSON.stringify(value),
    String(value),
    ...(value instanceof Error ? [value.name, value.message, value.stack, everythingOf(value.cause)] : []),
  ].join("\n");

/** What logs print of a value. */
const printOf = (value: unknown): string =>
  [
    inspect(value, { depth: null, maxStringLength: null }),
    JSON.stringify(value),
    ...(value instanceof Error ? [value.message, value.stack, printOf(value.cause)] : []),
  ].join("\n");

const expectNoSecret = (text: string) => {
  for (const secret of [apiKey, "Hush", customerToken, encodeURIComponent(customerToken)])
    expect(text).not.toContain(secret);
};

const expectNothingPersonal = (text: string) => {
  const { first_name, last_name, email, phone, document_number } = person;
  for (const value of [first_name, last_name, email, phone, document_number, otp])
    expect(text).not.toContain(value);
};

/** Repeats in its error everything that it received: as text, in fields, in the message. */
const echo =
  (status: number): Handler =>
  (exchange) => {
    const { headers, body } = exchange.request;
    const all = `${headers.authorization} ${headers["x-customer-token"]} ${body}`;
    const values = Object.values(JSON.parse(body || "{}"));
    const errors = { headers: [JSON.stringify(headers)], values: values.map(String), of: [{ all }] };
    reply(status, { message: `You sent ${all}`, code_name: "odd", errors, headers, body })(exchange);
  };

const echoAsText: Handler = (exchange) => {
  const { headers, body } = exchange.request;
  reply(500, `<pre>${JSON.stringify(headers)} ${body}</pre>`, { "content-type": "text/html" })(exchange);
};

const charge = { payment_method_id: "pm_1", amount: 100_000, currency: "COP" } as const;

/** The three calls that send something private. */
const calls: [string, (onepay: OnePay) => Promise<unknown>][] = [
  ["creating a customer", ({ customers }) => customers.create(person)],
  [
    "a charge under a customer's token",
    ({ customerSessions }) => customerSessions.createCharge(charge, { customerToken }),
  ],
  [
    "verifying a one-time password",
    ({ customerSessions }) => customerSessions.verify({ phone: person.phone, otp }),
  ],
];

const failures: [string, Handler][] = [
  ["a 422 that repeats everything", echo(422)],
  ["a 401 that repeats everything", echo(401)],
  ["a 500 that repeats everything", echo(500)],
  ["a 500 with a debug page", echoAsText],
  ["a redirect that repeats everything", echo(302)],
  [
    "a success that isn't JSON and repeats everything",
    (exchange) => reply(200, `${exchange.request.headers.authorization} ${exchange.request.body}`)(exchange),
  ],
  ["a reset", reset],
  ["a timeout", stall],
  ["a body that breaks off", breakInBody],
];

const observed = (url: string, options: OnePayOptions = {}) => {
  const events: OnePayEvent[] = [];
  const onEvent = (event: OnePayEvent) => void events.push(event);
  return {
    events,
    onepay: new OnePay({ apiKey, baseUrl: url, maxRetries: 1, onEvent, ...options }),
  };
};

/** A call that failed in this way, made once for all the tests that look at it. */
const observe = (() => {
  type Observed = Awaited<ReturnType<typeof run>>;
  const known = new Map<string, Promise<Observed>>();
  const run = async (call: (onepay: OnePay) => Promise<unknown>, handler: Handler) => {
    const server = await serve(handler);
    const { onepay, events } = observed(server.url, handler === stall ? { timeout: 1_000 } : {});
    const error = await rejectionOf<OnePayError>(call(onepay));
    return { error, events, requests: server.requests };
  };
  return (name: string, call: (onepay: OnePay) => Promise<unknown>, handler: Handler): Promise<Observed> => {
    const result = known.get(name) ?? run(call, handler);
    known.set(name, result);
    return result;
  };
})();

describe("the API key and the customer token", () => {
  test("aren't printed with the client, its resources or a copy of it", () => {
    const onepay = new OnePay({ apiKey, headers: { "x-team": "a" } });
    for (const value of [
      onepay,
      onepay.customers,
      onepay.customers.create,
      onepay.withOptions({ timeout: 1 }),
    ])
      expectNoSecret(everythingOf(value));
    expect(JSON.parse(JSON.stringify(onepay))).toMatchObject({ environment: "live" });
  });

  test("aren't printed with the openapi-fetch client", () => {
    expectNoSecret(everythingOf(createFetchClient({ apiKey })));
  });

  test("aren't properties of the client, enumerable or not", () => {
    const onepay = new OnePay({ apiKey });
    const seen = new Set<unknown>();
    const walk = (value: unknown): void => {
      if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value))
        return;
      seen.add(value);
      for (const { value: own } of Object.values(Object.getOwnPropertyDescriptors(value))) {
        expect(own).not.toBe(apiKey);
        walk(own);
      }
    };
    walk(onepay);
    expect(seen.size).toBeGreaterThan(10);
  });

  describe.each(calls)("after %s", (name, call) => {
    test.each(failures)("aren't printed with the error of %s", async (failure, handler) => {
      const { error, requests } = await observe(name + failure, call, handler);
      expect(requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
      expect(error.operation).toBeTypeOf("string");
      expectNoSecret(printOf(error));
    });

    test.each(failures)(
      "aren't in the events of %s, and neither is personal data",
      async (failure, handler) => {
        const { events } = await observe(name + failure, call, handler);
        expect(events.map(({ type }) => type)).toContain("error");
        expectNoSecret(everythingOf(events));
        expectNothingPersonal(everythingOf(events));
      },
    );
  });

  test("aren't in the metadata and the events of a success", async () => {
    const server = await serve(reply(201, customer));
    const { onepay, events } = observed(server.url);
    const { data, ...metadata } = await onepay.customers.create(person).withResponse();
    expect(data).toEqual(customer);
    expectNoSecret(everythingOf(metadata));
    expectNoSecret(everythingOf(events));
    expectNothingPersonal(everythingOf(events));
  });

  test("aren't in an error of the openapi-fetch client", async () => {
    const server = await serve(stall);
    const client = createFetchClient({ apiKey, baseUrl: server.url, timeout: 1_000, maxRetries: 0 });
    const post = client.POST("/customers/session/charges", {
      params: { header: { "X-Customer-Token": customerToken } as never },
      body: charge,
    });
    const error = await rejectionOf(post);
    expect(error).toMatchObject({ name: "TimeoutError" });
    expect(server.requests[0]?.headers["x-customer-token"]).toBe(customerToken);
    expectNoSecret(everythingOf(error));
  });

  const nested = (value: unknown, depth: number): unknown => {
    let outer = value;
    for (let level = 0; level < depth; level++) outer = { outer };
    return outer;
  };
  const leaky: [string, () => unknown][] = [
    ["in its message", () => new Error(`GET failed: Bearer ${apiKey} ${customerToken}`)],
    ["in its name", () => Object.assign(new Error("no"), { name: apiKey })],
    ["in a cause of a cause", () => new Error("a", { cause: new Error("b", { cause: new Error(apiKey) }) })],
    [
      "in its request",
      () => Object.assign(new Error("no"), { config: { headers: { authorization: apiKey } } }),
    ],
    ["in its Headers", () => Object.assign(new Error("no"), { headers: new Headers({ a: apiKey }) })],
    [
      "in its Request",
      () =>
        Object.assign(new Error("no"), {
          request: new Request("http://127.0.0.1", { headers: { a: customerToken } }),
        }),
    ],
    [
      "in a request with private headers",
      () => {
        class Sent {
          readonly #headers = new Headers({ authorization: apiKey });
          get headers() {
            return this.#headers;
          }
          [inspect.custom]() {
            return `Sent ${this.#headers.get("authorization")}`;
          }
        }
        return Object.assign(new Error("no"), { request: new Sent() });
      },
    ],
    ["at the end of a long text", () => new Error(`${"x".repeat(50_000)} ${apiKey}`)],
    ["in its code", () => Object.assign(new Error("no"), { code: `Bearer ${apiKey}` })],
    ["in a Map", () => Object.assign(new Error("no"), { sent: new Map([["authorization", [apiKey]]]) })],
    ["as a key of a Map", () => Object.assign(new Error("no"), { sent: new Map([[apiKey, 1]]) })],
    [
      "behind a getter",
      () => Object.defineProperty(new Error("no"), "sent", { enumerable: true, get: () => apiKey }),
    ],
    ["as its code", () => Object.assign(new Error("no"), { code: apiKey, cause: { code: apiKey } })],
    ["in a form", () => Object.assign(new Error("no"), { form: new URLSearchParams({ key: apiKey }) })],
    ["in a Set", () => Object.assign(new Error("no"), { sent: new Set([apiKey]) })],
    ["as the name of a field", () => Object.assign(new Error("no"), { [apiKey]: 1 })],
    ["as the name of a symbol", () => Object.assign(new Error("no"), { [Symbol(apiKey)]: 1 })],
    [
      "next to a getter that throws",
      () =>
        Object.defineProperty(new Error(apiKey), "headers", {
          get() {
            throw new Error("not now");
          },
        }),
    ],
    ["deeper than any recursion can go", () => new Error("no", { cause: nested({ key: apiKey }, 50_000) })],
    ["behind a symbol", () => Object.assign(new Error("no"), { [Symbol("state")]: { key: apiKey } })],
    ["in one of several errors", () => new AggregateError([new Error("a"), new Error(apiKey)])],
    [
      "in an object that contains itself",
      () => {
        const error = Object.assign(new Error("no"), { request: { headers: [apiKey] } });
        return Object.assign(error, { self: error });
      },
    ],
    [
      "deep in an object without a prototype",
      () =>
        Object.assign(new Error("no"), {
          a: { b: { c: { d: Object.assign(Object.create(null), { key: apiKey }) } } },
        }),
    ],
    ["in a string instead of an error", () => `refused: ${apiKey}`],
  ];
  test.each(leaky)("are redacted if fetch throws an error with them %s", async (_, make) => {
    const fetch: Fetch = async () => {
      throw make();
    };
    const { onepay, events } = observed("http://127.0.0.1:1", { fetch });
    const error = await rejectionOf<OnePayError>(
      onepay.customerSessions.createCharge(charge, { customerToken }),
    );
    expect(error).toMatchObject({ name: "ConnectionError", attempts: 2 });
    expect(error.cause).toBeDefined();
    expectNoSecret(everythingOf(error));
    expectNoSecret(everythingOf(events));
  });

  test.each(leaky)("are redacted if the abort reason has them %s", async (_, make) => {
    const signal = AbortSignal.abort(make());
    const { onepay } = observed("http://127.0.0.1:1");
    const call = onepay.customerSessions.createCharge(charge, { customerToken, signal });
    expectNoSecret(everythingOf(await rejectionOf(call)));
  });

  test("are redacted with the body, which may have a one-time password, if fetch's error contains it", async () => {
    const fetch: Fetch = async (_url, { body }) => {
      throw Object.assign(new Error("no"), { request: { body } });
    };
    const onepay = new OnePay({ apiKey, fetch });
    const call = onepay.customerSessions.verify({ phone: "+573001112233", otp: "271828" });
    const text = everythingOf(await rejectionOf(call));
    expect(text).toContain("Connection failed");
    expect(text).not.toMatch(/271828|3001112233/);
  });

  test("aren't in the message or in an event if they're the error's code", async () => {
    const fetch: Fetch = () => Promise.reject(Object.assign(new Error("no"), { code: apiKey }));
    const { onepay, events } = observed("http://127.0.0.1:1", { fetch });
    const error = await rejectionOf<Error>(onepay.customers.get("cus_1"));
    expect(error.message).toBe("customers.get: Connection failed.");
    expect(events).toContainEqual(expect.objectContaining({ type: "retry", reason: "ConnectionError" }));
    expectNoSecret(everythingOf([error.message, events]));
  });

  test("aren't in the message of a constructor's error", () => {
    const constructors: (() => unknown)[] = [
      () => new OnePay({ apiKey: `${apiKey}\n` }),
      () => new OnePay({ apiKey: `rk_${apiKey}` }),
      () => new OnePay({ apiKey: `pk_${apiKey}` }),
      () => new OnePay({ apiKey, baseUrl: `https://me:${apiKey}@example.com` }),
      () => new OnePay({ apiKey, baseUrl: `http://example.com/?key=${apiKey}` }),
      () => new OnePay({ apiKey, ...{ unheard: apiKey } }),
      () => new OnePay({ apiKey, headers: { "x-a": `${apiKey}\nx-b: 1` } }),
      () => new OnePay({ apiKey, headers: { authorization: `Bearer ${apiKey}` } }),
      () => new OnePay({ apiKey, timeout: apiKey as never }),
    ];
    for (const construct of constructors) {
      let error: unknown;
      try {
        construct();
      } catch (thrown) {
        error = thrown;
      }
      expect(error, String(construct)).toBeInstanceOf(TypeError);
      expectNoSecret(everythingOf(error));
    }
  });

  test("aren't in the error of a call with invalid arguments", async () => {
    const { customerSessions, customers } = observed("http://127.0.0.1:1").onepay;
    const calls = [
      customerSessions.createCharge(charge, { customerToken: `${customerToken}\n` }),
      customerSessions.createCharge(charge, { customerToken, idempotencyKey: `${apiKey} ${customerToken}` }),
      customers.get("cus_1", { headers: { "x-customer-token": customerToken } }),
      customers.get(`${apiKey}/..`),
      customers.create(person, { signal: customerToken as never }),
    ];
    for (const call of calls) {
      const error = await rejectionOf(call);
      expect(error).toBeInstanceOf(TypeError);
      expectNoSecret(everythingOf(error));
    }
  });
});

describe("a cause", () => {
  const failWith = async (cause: unknown, options: OnePayOptions = {}) => {
    const { onepay } = observed("http://127.0.0.1:1", { fetch: () => Promise.reject(cause), ...options });
    return (await rejectionOf<Error>(onepay.customerSessions.createCharge(charge, { customerToken }))).cause;
  };

  const clean: [string, () => unknown][] = [
    [
      "an error that contains itself",
      () => {
        const bare: unknown = Object.create(null);
        const cause = Object.assign(new Error("tired"), { a: { b: { c: { d: { bare } } } } });
        return Object.assign(cause, { self: cause });
      },
    ],
    ["several errors", () => new AggregateError([new Error("a"), new Error("b")], "all")],
    ["lists of objects", () => Object.assign(new Error("tired"), { issues: [[{ a: [1, null] }]] })],
    ["the platform's DOMException", () => new DOMException("tired", "NetworkError")],
    ["an error with a code and a cause", () => fetchErrorWithCause()],
    ["an error of a class without behavior", () => new (class ProxyError extends Error {})("tired")],
    ["a string", () => "tired"],
    ["a malformed percent escape", () => new Error("100%ff of %E0%A4")],
  ];
  const fetchErrorWithCause = () =>
    new TypeError("fetch failed", { cause: Object.assign(new Error("read"), { code: "ECONNRESET" }) });

  test.each(clean)("is kept if it's plain and clean: %s", async (_, create) => {
    const cause = create();
    expect(await failWith(cause)).toBe(cause);
    const signal = AbortSignal.abort(cause);
    const { onepay } = observed("http://127.0.0.1:1");
    const error = await rejectionOf<Error>(onepay.customers.get("cus_1", { signal }));
    expect(error.cause).toBe(cause);
  });

  class HttpError extends Error {
    readonly response = new Response(null, { status: 503 });
    get url() {
      return "https://proxy.example/";
    }
  }
  const foreign: [string, () => Error][] = [
    ["a Response", () => Object.assign(new Error("status 503"), { response: new Response() })],
    ["a URL", () => Object.assign(new Error("status 503"), { url: new URL("https://api.example") })],
    ["a Map", () => Object.assign(new Error("status 503"), { sent: new Map([["a", 1]]) })],
    ["Headers", () => Object.assign(new Error("status 503"), { headers: new Headers({ a: "1" }) })],
    ["bytes", () => Object.assign(new Error("status 503"), { raw: Buffer.alloc(3_000_000) })],
    ["a class with getters", () => Object.assign(new HttpError("status 503"), { name: "HttpError" })],
    [
      "a class whose name is a getter",
      () => {
        class ProxyError extends Error {
          override get name() {
            return "ProxyError";
          }
        }
        return new ProxyError("status 503");
      },
    ],
    ["a function", () => Object.assign(new Error("status 503"), { retry: () => apiKey })],
    [
      "an endless iterator",
      () =>
        Object.assign(new Error("status 503"), {
          *[Symbol.iterator]() {
            for (;;) yield 1;
          },
          get items() {
            return this;
          },
          entries: { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) },
          bytes: new Uint8Array(1),
        }),
    ],
    [
      "10,000 values",
      () => Object.assign(new Error("status 503"), { list: Array.from({ length: 10_000 }, () => ({})) }),
    ],
    ["a proxy", () => Object.assign(new Error("status 503"), { inner: new Proxy(new Map(), {}) })],
  ];
  test.each(foreign)(
    "is replaced by an Error with its name, code and message if it contains something unproven: %s",
    async (_, create) => {
      const cause = Object.assign(create(), { code: "EPROXY" });
      const start = performance.now();
      const copy = await failWith(cause);
      expect(performance.now() - start).toBeLessThan(1_000);
      expect(copy).not.toBe(cause);
      expect(copy).toBeInstanceOf(Error);
      expect(copy).toMatchObject({ name: cause.name, message: "status 503", code: "EPROXY" });
      expect(Object.keys(copy as Error)).toEqual(["code"]);
    },
  );

  test("that is replaced has a cause that is replaced in the same way, at most 3 levels deep", async () => {
    const level = (depth: number): Error =>
      Object.assign(new Error(`level ${depth}`, depth < 9 ? { cause: level(depth + 1) } : {}), {
        sent: new Map(),
      });
    const messages: string[] = [];
    for (let cause = (await failWith(level(0))) as Error | undefined; cause; cause = cause.cause as Error)
      messages.push(cause.message);
    expect(messages).toEqual(["level 0", "level 1", "level 2", "level 3"]);
  });

  test("that is replaced has a clean cause unchanged", async () => {
    const reason = Object.assign(new Error("read"), { code: "ECONNRESET" });
    const cause = Object.assign(new Error("no", { cause: reason }), { sent: new Map() });
    expect(await failWith(cause)).toMatchObject({ message: "no", cause: reason });
  });

  test("is replaced by an Error without details if it can't be read", async () => {
    const hostile = new Proxy(new Error("x"), {
      get: () => {
        throw new Error("not now");
      },
      ownKeys: () => {
        throw new Error("not now");
      },
      getPrototypeOf: () => {
        throw new Error("not now");
      },
    });
    expect(await failWith(hostile)).toEqual(new Error("[redacted]"));
  });

  test("isn't searched forever: a getter or an iterator of a foreign object isn't called", async () => {
    const called = vi.fn();
    class Foreign {
      get value() {
        called();
        return 1;
      }
      *[Symbol.iterator]() {
        called();
        for (;;) yield 1;
      }
      entries = () => {
        called();
        return this;
      };
    }
    await failWith(Object.assign(new Error("no"), { foreign: new Foreign() }));
    await failWith(Object.defineProperty(new Error("no"), "sent", { enumerable: true, get: called }));
    expect(called).not.toHaveBeenCalled();
  });

  test("of a refused host with two addresses keeps what the platform reports", async () => {
    const url = (await closedUrl()).replace("127.0.0.1", "localhost");
    const { onepay } = observed(url);
    const error = await rejectionOf<Error>(onepay.customers.get("cus_1"));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "rejected" });
    expect(error.cause).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
  });

  const email = "zoraida.quintana@example.com";
  test.each<[string, (url: string) => unknown]>([
    ["as it was sent", (url) => new Error(`request to ${url} failed`)],
    ["with apostrophes encoded", (url) => new Error(`request to ${url.replaceAll("'", "%27")} failed`)],
    [
      "sorted, with + for a space",
      (url) => {
        const { searchParams } = new URL(url);
        searchParams.sort();
        return new Error(`refused: ${searchParams}`);
      },
    ],
    ["decoded", (url) => new Error(decodeURIComponent(url))],
    ["encoded twice", (url) => new Error(encodeURIComponent(url))],
    ["in upper case", (url) => new Error(url.toUpperCase())],
    [
      "escaped in JSON",
      (url) => new Error(JSON.stringify(decodeURIComponent(url)).replaceAll("@", "\\u0040")),
    ],
    ["in a URL object", (url) => Object.assign(new Error("no"), { url: new URL(url) })],
    ["as a key", (url) => Object.assign(new Error("no"), { [url]: 1 })],
  ])("never shows a query with personal data %s", async (_, causeOf) => {
    const fetch: Fetch = (url) => Promise.reject(causeOf(url));
    const { onepay } = observed("http://127.0.0.1:1", { fetch });
    const filter = { email, document_number: "9900112233", name: "Flor O'Brien Pérez" };
    const error = await rejectionOf<Error>(onepay.customers.list({ filter }));
    expect(everythingOf(error)).not.toMatch(/quintana|9900112233|brien|P(é|%C3%A9)rez/i);
    expect(error.cause).toMatchObject({ message: expect.stringMatching(/^(\[redacted\]|no)$/) });
  });

  test("shows a URL without a query, which helps to find the reason", async () => {
    const fetch: Fetch = (url) => Promise.reject(new Error(`request to ${url} failed`));
    const { onepay } = observed("http://127.0.0.1:1", { fetch });
    const { cause } = await rejectionOf<Error>(onepay.customers.get("cus_1"));
    expect(cause).toMatchObject({ message: "request to http://127.0.0.1:1/customers/cus_1 failed" });
  });

  test("never shows the URL of a Response, which some platforms print", async () => {
    const server = await serve(reply(500));
    const fetch: Fetch = async (url, init) => {
      const response = await globalThis.fetch(url, init);
      throw Object.assign(new Error("status 500"), { response });
    };
    const { onepay } = observed(server.url, { fetch });
    const error = await rejectionOf<Error>(
      onepay.customers.list({ filter: { document_number: "9900112233" } }),
    );
    expect(everythingOf(error)).not.toContain("9900112233");
    expect(error.cause).toMatchObject({ message: "status 500" });
    expect(error.cause).not.toHaveProperty("response");
  });

  test("never shows a secret in the message of a DOMException, which isn't an own property everywhere", async () => {
    const signal = AbortSignal.abort(new DOMException(`aborted: ${apiKey}`, "AbortError"));
    const { onepay } = observed("http://127.0.0.1:1");
    const error = await rejectionOf<Error>(onepay.customers.get("cus_1", { signal }));
    expectNoSecret(everythingOf(error));
    expect(error.cause).toMatchObject({ name: "AbortError", message: "[redacted]" });
  });

  test.each(["Basic UFJPWFlTRUNSRVQ=", "UFJPWFlTRUNSRVQ=", "basic%20UFJPWFlTRUNSRVQ%3D"])(
    "never shows the value of the caller's header as %s",
    async (shown) => {
      const headers = { "proxy-authorization": "Basic UFJPWFlTRUNSRVQ=" };
      const fetch: Fetch = () => Promise.reject(new Error(`refused: ${shown}`));
      const { onepay } = observed("http://127.0.0.1:1", { fetch, headers });
      const error = await rejectionOf<Error>(onepay.customers.get("cus_1"));
      expect(everythingOf(error)).not.toMatch(/UFJPWFlTRUNSRVQ/i);
    },
  );
});

describe("a value that was sent", () => {
  const listed = { document_number: "9900112233", email: person.email };
  const sent: [string, string, (onepay: OnePay) => Promise<unknown>][] = [
    ["the API key", apiKey, ({ customers }) => customers.get("cus_1")],
    [
      "the customer token",
      customerToken,
      ({ customerSessions }) => customerSessions.listPaymentMethods({ customerToken }),
    ],
    [
      "the one-time password",
      otp,
      ({ customerSessions }) => customerSessions.verify({ phone: person.phone, otp }),
    ],
    ...(["last_name", "email", "phone", "document_number"] as const).map((field): (typeof sent)[number] => [
      `the field ${field}`,
      person[field],
      ({ customers }) => customers.create(person),
    ]),
    ...(["document_number", "email"] as const).map((field): (typeof sent)[number] => [
      `the filter ${field}`,
      listed[field],
      ({ customers }) => customers.list({ filter: listed }),
    ]),
  ];

  test.each(sent)("isn't printed if the server uses it as a name: %s", async (_, value, call) => {
    for (const name of [value, `unknown_${value}`]) {
      const body = { code_name: name, errors: { [name]: ["is taken"] } };
      const server = await serve(reply(422, body, { "x-request-id": name }));
      const { onepay, events } = observed(server.url);
      const error = await rejectionOf<ApiError>(call(onepay));
      expect(error).toMatchObject({ name: "UnprocessableEntityError", status: 422 });
      expect(error.message).toMatch(/^\w+\.\w+: 422 Unprocessable entity\. See error\.fields/);
      expect(printOf(error)).not.toContain(value);
      expect(everythingOf(events)).not.toContain(value);
      expect(events.map(({ type }) => type)).toEqual(["request", "response", "error"]);
      expect({ body: error.body, fields: { ...error.fields } }).toEqual({ body, fields: body.errors });
    }
  });

  test.each(sent)("isn't in a cause that contains it: %s", async (_, value, call) => {
    const causes = [
      new Error(`refused: ${value}`),
      Object.assign(new Error("no"), { config: { data: { deep: [{ value }] } } }),
      Object.assign(new Error("no"), { config: { data: JSON.stringify({ value }) } }),
      Object.assign(new Error("no"), { sent: new Map([["a", [{ value }]]]) }),
    ];
    for (const cause of causes) {
      const fetch: Fetch = () => Promise.reject(cause);
      const error = await rejectionOf<OnePayError>(call(observed("http://127.0.0.1:1", { fetch }).onepay));
      expect(error.name).toBe("ConnectionError");
      expect(error.cause).toEqual(new Error(cause.message === "no" ? "no" : "[redacted]"));
      expect(everythingOf(error)).not.toContain(value);
    }
  });

  test("with half of a character doesn't hide the names that the server sends", async () => {
    const server = await serve(reply(401, { code_name: "insufficient_funds" }));
    const call = observed(server.url).onepay.customers.create({ ...person, first_name: "Ana \ud83d" });
    expect(await rejectionOf(call)).toMatchObject({ codeName: "insufficient_funds" });
  });

  test("isn't in a cause as part of the body, even if it's short or a plain word", async () => {
    const fetch: Fetch = (_url, { body }) => Promise.reject(new Error(`proxy refused ${body}`));
    const { onepay } = observed("http://127.0.0.1:1", { fetch });
    for (const body of [{ first_name: "Ana", last_name: "paz" }, { amount: 1_500_000 }, { otp: 271828 }]) {
      const error = await rejectionOf<Error>(onepay.customers.create(body as never));
      expect(error.cause).toEqual(new Error("[redacted]"));
    }
  });

  test("is searched quickly in thousands of names, and few of them are in the message", async () => {
    const errors = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`field_${index}`, ""]));
    const notes = Array.from({ length: 1_000 }, (_, index) => `Note ${index}`);
    const server = await serve(reply(422, { errors }));
    const start = performance.now();
    const error = await rejectionOf<ApiError>(
      observed(server.url).onepay.customers.create({ ...person, notes } as never),
    );
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(error.message.length).toBeLessThan(200);
    expect(Object.keys(error.fields)).toHaveLength(3_000);
  });

  test("isn't printed if it's a word with a digit", async () => {
    const server = await serve(reply(422, { code_name: "no_rosa1", errors: { rosa1: ["no"] } }));
    const call = observed(server.url).onepay.customers.create({ ...person, first_name: "rosa1" });
    expect(printOf(await rejectionOf(call))).not.toContain("rosa1");
  });

  test("doesn't hide the names that the server sends, nor a cause, if it's short or a plain word", async () => {
    const company = { user_type: "company", document_type: "NIT", currency: "COP", notes: "ab1" };
    const body = { code_name: "company_inactive", errors: { NIT: ["no"], ab1: ["no"] } };
    const server = await serve(reply(403, body, { "x-request-id": "req_company_ab1" }));
    const { onepay } = observed(server.url);
    const error = await rejectionOf<ApiError>(onepay.customers.create(company as never));
    expect(error).toMatchObject({ codeName: "company_inactive", requestId: "req_company_ab1" });
    expect(error.message).toMatch(/^customers\.create: 403 Forbidden: company_inactive\./);
    const cause = new Error("the company's proxy took ab1 for COP");
    const broken = observed("http://127.0.0.1:1", { fetch: () => Promise.reject(cause) }).onepay;
    expect((await rejectionOf<Error>(broken.customers.create(company as never))).cause).toBe(cause);
  });

  test("is redacted if it's a one-time password of four digits", async () => {
    const body = { code_name: "wrong_4821", errors: { 4821: ["no"] } };
    const server = await serve(reply(422, body, { "x-request-id": "for_4821" }));
    const verify = ({ onepay }: ReturnType<typeof observed>) =>
      rejectionOf<Error>(onepay.customerSessions.verify({ phone: person.phone, otp: "4821" }));
    expect(printOf(await verify(observed(server.url)))).not.toContain("4821");
    const cause = new Error("sent 4821");
    const broken = observed("http://127.0.0.1:1", { fetch: () => Promise.reject(cause) });
    expect((await verify(broken)).cause).toEqual(new Error("[redacted]"));
  });

  test("doesn't hide the names that the server sends if it's plain words joined by _", async () => {
    const server = await serve(reply(422, { code_name: "bad_sort", errors: { first_name: ["no"] } }));
    const error = await rejectionOf<ApiError>(
      observed(server.url).onepay.customers.list({ sort: "first_name" }),
    );
    expect(error.message).toBe(
      "customers.list: 422 Invalid fields (bad_sort): first_name. See error.fields.",
    );
  });

  test("doesn't hide OnePay's code if it has the same digits as an amount", async () => {
    const server = await serve(reply(422, { code: 1_000 }));
    const body = { amount: 1_000, concept: "Recarga" };
    const error = await rejectionOf<ApiError>(observed(server.url).onepay.customers.topUp("cus_1", body));
    expect(error).toMatchObject({ code: 1_000 });
  });

  test("isn't in an event if it's an id of the path", async () => {
    const id = "9da58912-101d-46f8-86c9-20a52119c0bf";
    const server = await serve(reply(404, { code_name: `no_${id}` }, { "x-request-id": id }));
    const { onepay, events } = observed(server.url);
    const error = await rejectionOf<ApiError>(onepay.customers.get(id));
    expect([error.codeName, error.requestId]).toEqual([undefined, undefined]);
    expect(JSON.stringify(events)).not.toContain("9da58912");
  });
});

describe("personal data", () => {
  describe.each(calls)("after %s", (name, call) => {
    test.each(failures)("isn't printed with the error of %s", async (failure, handler) => {
      const { error } = await observe(name + failure, call, handler);
      expectNothingPersonal(printOf(error));
    });
  });

  test("is in error.body if you read it by name, and not printed", async () => {
    const server = await serve(reply(422, { message: "no", sent: person.document_number }));
    const { onepay } = observed(server.url);
    const error = await rejectionOf<OnePayError & { body: { sent: string } }>(
      onepay.customers.create(person),
    );
    expect(error.body.sent).toBe(person.document_number);
    expect(Object.keys(error)).not.toContain("body");
    expect(Object.keys(error)).not.toContain("responseHeaders");
    expectNothingPersonal(printOf(error));
  });
});
