import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ApiError, createFetchClient, OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import { breakInBody, customer, faultOf, person, reply, reset, type Step, serve, stall } from "./server.js";

const apiKey = "sk_live_Hush";
const customerToken = "tok/en+of=the.customer";
const otp = "718293";

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** All that somebody could come to see of a value by printing it, hidden parts included. */
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

/** What a log shows of a value, if nobody goes out of his way. */
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

/** Repeats in its error all that it was sent: as text, in fields, as an outer message. */
const echo =
  (status: number): Step =>
  (exchange) => {
    const { headers, body } = exchange.seen;
    const all = `${headers.authorization} ${headers["x-customer-token"]} ${body}`;
    const values = Object.values(JSON.parse(body || "{}"));
    const errors = { headers: [JSON.stringify(headers)], values: values.map(String), of: [{ all }] };
    reply(status, { message: `You sent ${all}`, code_name: "odd", errors, headers, body })(exchange);
  };

const echoAsText: Step = (exchange) => {
  const { headers, body } = exchange.seen;
  reply(500, `<pre>${JSON.stringify(headers)} ${body}</pre>`, { "content-type": "text/html" })(exchange);
};

const charge = { payment_method_id: "pm_1", amount: 100_000, currency: "COP" } as const;

/** The three calls with something to hide, on a client that notes its events. */
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

const ends: [string, Step][] = [
  ["a 422 that repeats everything", echo(422)],
  ["a 401 that repeats everything", echo(401)],
  ["a 500 that repeats everything", echo(500)],
  ["a 500 with a debug page", echoAsText],
  ["a redirect that repeats everything", echo(302)],
  [
    "a success that is no JSON and repeats everything",
    (exchange) => reply(200, `${exchange.seen.headers.authorization} ${exchange.seen.body}`)(exchange),
  ],
  ["a reset", reset],
  ["silence", stall],
  ["half a body", breakInBody],
];

const observed = (url: string, options: OnePayOptions = {}) => {
  const events: OnePayEvent[] = [];
  const onEvent = (event: OnePayEvent) => void events.push(event);
  return {
    events,
    onepay: new OnePay({ apiKey, baseUrl: url, maxRetries: 1, onEvent, ...options }),
  };
};

/** A call that came to such an end, once for all the tests that look at it. */
const observe = (() => {
  type Seen = Awaited<ReturnType<typeof run>>;
  const known = new Map<string, Promise<Seen>>();
  const run = async (call: (onepay: OnePay) => Promise<unknown>, step: Step) => {
    const server = await serve(step);
    // Short, for the server that is silent.
    const { onepay, events } = observed(server.url, { timeout: 200 });
    const error = await faultOf<OnePayError>(call(onepay));
    return { error, events, requests: server.requests };
  };
  return (name: string, call: (onepay: OnePay) => Promise<unknown>, step: Step): Promise<Seen> => {
    const seen = known.get(name) ?? run(call, step);
    known.set(name, seen);
    return seen;
  };
})();

describe("the key and the customer's token", () => {
  test("are in no print of the client, of its resources, or of a copy of it", () => {
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

  test("are in no print of the fetch client", () => {
    expectNoSecret(everythingOf(createFetchClient({ apiKey })));
  });

  test("are not reachable as a property of the client, enumerable or not", () => {
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

  describe.each(calls)("in %s", (name, call) => {
    test.each(ends)("are in nothing that a print shows of the error of %s", async (end, step) => {
      const { error, requests } = await observe(name + end, call, step);
      expect(requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
      expect(error.operation).toBeTypeOf("string");
      expectNoSecret(printOf(error));
    });

    test.each(ends)("are in no event of %s, nor is anything personal", async (end, step) => {
      const { events } = await observe(name + end, call, step);
      expect(events.map(({ type }) => type)).toContain("error");
      expectNoSecret(everythingOf(events));
      expectNothingPersonal(everythingOf(events));
    });
  });

  test("are in nothing that surrounds a success", async () => {
    const server = await serve(reply(201, customer));
    const { onepay, events } = observed(server.url);
    const { data, ...around } = await onepay.customers.create(person).withResponse();
    expect(data).toEqual(customer);
    expectNoSecret(everythingOf(around));
    expectNoSecret(everythingOf(events));
    expectNothingPersonal(everythingOf(events));
  });

  test("are in no error of the fetch client", async () => {
    const server = await serve(stall);
    const client = createFetchClient({ apiKey, baseUrl: server.url, timeout: 400, maxRetries: 0 });
    const post = client.POST("/customers/session/charges", {
      params: { header: { "X-Customer-Token": customerToken } as never },
      body: charge,
    });
    const error = await faultOf(post);
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
      "in the request that it holds",
      () => Object.assign(new Error("no"), { config: { headers: { authorization: apiKey } } }),
    ],
    [
      "in the Headers that it holds",
      () => Object.assign(new Error("no"), { headers: new Headers({ a: apiKey }) }),
    ],
    [
      "in the Request that it holds",
      () =>
        Object.assign(new Error("no"), {
          request: new Request("http://127.0.0.1", { headers: { a: customerToken } }),
        }),
    ],
    [
      "in a request that shows its headers without owning them",
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
      "behind a field that answers when it is asked",
      () => Object.defineProperty(new Error("no"), "sent", { enumerable: true, get: () => apiKey }),
    ],
    [
      "as the only word of its code",
      () => Object.assign(new Error("no"), { code: apiKey, cause: { code: apiKey } }),
    ],
    ["in a form", () => Object.assign(new Error("no"), { form: new URLSearchParams({ key: apiKey }) })],
    ["in a Set", () => Object.assign(new Error("no"), { sent: new Set([apiKey]) })],
    ["as the name of a field", () => Object.assign(new Error("no"), { [apiKey]: 1 })],
    ["as the name of a symbol", () => Object.assign(new Error("no"), { [Symbol(apiKey)]: 1 })],
    [
      "beside a field that cannot be read",
      () =>
        Object.defineProperty(new Error(apiKey), "headers", {
          get() {
            throw new Error("not now");
          },
        }),
    ],
    [
      "at a depth that no recursion reaches",
      () => new Error("no", { cause: nested({ key: apiKey }, 50_000) }),
    ],
    ["behind a symbol", () => Object.assign(new Error("no"), { [Symbol("state")]: { key: apiKey } })],
    ["in one of several errors", () => new AggregateError([new Error("a"), new Error(apiKey)])],
    [
      "in an object that holds itself",
      () => {
        const error = Object.assign(new Error("no"), { request: { headers: [apiKey] } });
        return Object.assign(error, { self: error });
      },
    ],
    [
      "far down in an object without a prototype",
      () =>
        Object.assign(new Error("no"), {
          a: { b: { c: { d: Object.assign(Object.create(null), { key: apiKey }) } } },
        }),
    ],
    ["in a text, and no error", () => `refused: ${apiKey}`],
  ];
  test.each(leaky)("are taken out where a replaced fetch throws an error with them %s", async (_, make) => {
    const fetch: Fetch = async () => {
      throw make();
    };
    const { onepay, events } = observed("http://127.0.0.1:1", { fetch });
    const error = await faultOf<OnePayError>(onepay.customerSessions.createCharge(charge, { customerToken }));
    expect(error).toMatchObject({ name: "ConnectionError", attempts: 2 });
    expect(error.cause).toBeDefined();
    expectNoSecret(everythingOf(error));
    expectNoSecret(everythingOf(events));
  });

  test.each(leaky)("are taken out where the caller aborts with a reason with them %s", async (_, make) => {
    const signal = AbortSignal.abort(make());
    const { onepay } = observed("http://127.0.0.1:1");
    const call = onepay.customerSessions.createCharge(charge, { customerToken, signal });
    expectNoSecret(everythingOf(await faultOf(call)));
  });

  test("are taken out with the body, which may be a one-time password, where a replaced fetch's error holds it", async () => {
    const fetch: Fetch = async (_url, { body }) => {
      throw Object.assign(new Error("no"), { request: { body } });
    };
    const onepay = new OnePay({ apiKey, fetch });
    const call = onepay.customerSessions.verify({ phone: "+573001112233", otp: "271828" });
    const print = everythingOf(await faultOf(call));
    expect(print).toContain("no connection");
    expect(print).not.toMatch(/271828|3001112233/);
  });

  const harmless: [string, () => unknown][] = [
    [
      "an object that holds itself, far down",
      () => {
        const bare: unknown = Object.create(null);
        const cause = Object.assign(new Error("tired"), { a: { b: { c: { d: { bare } } } } });
        return Object.assign(cause, { self: cause });
      },
    ],
    ["several errors", () => new AggregateError([new Error("a"), new Error("b")], "all")],
    ["lists of objects", () => Object.assign(new Error("tired"), { issues: [[{ a: [1, null] }]] })],
    ["a Map", () => Object.assign(new Error("tired"), { state: new Map([["a", new Map([[1, {}]])]]) })],
    ["a Set and Headers", () => [new Set([{}]), new Headers({ "x-a": "1" })]],
    [
      "a URL without a query",
      () => Object.assign(new Error("tired"), { url: new URL("https://api.example") }),
    ],
    ["the platform's own error", () => new DOMException("tired", "NetworkError")],
    ["a list of ten thousand", () => Array.from({ length: 10_000 }, (_, index) => ({ index }))],
  ];
  test.each(harmless)("cost no cause its identity that does not tell them: %s", async (_, make) => {
    const cause = make();
    const { onepay } = observed("http://127.0.0.1:1", { fetch: () => Promise.reject(cause) });
    const call = onepay.customerSessions.createCharge(charge, { customerToken });
    expect((await faultOf<Error>(call)).cause).toBe(cause);
    const signal = AbortSignal.abort(cause);
    expect((await faultOf<Error>(onepay.customers.get("cus_1", { signal }))).cause).toBe(cause);
  });

  test("cost the refusal of both addresses of a host nothing of what the platform says of it", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { onepay } = observed(`http://localhost:${port}/v1`);
    const error = await faultOf<Error & { cause: Error }>(onepay.customers.get("cus_1"));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "rejected" });
    expect(error.cause).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
  });

  test.each([
    ["are found in bytes, which may be the body, without looking at each of millions", person.email, false],
    ["cost harmless bytes nothing, such as those of a certificate", "the certificate", true],
  ])("%s", async (_, text, isKept) => {
    for (const bytes of [Buffer.alloc(3_000_000, text), new TextEncoder().encode(text).buffer]) {
      const cause = Object.assign(new Error("tired"), { raw: bytes });
      const signal = AbortSignal.abort(cause);
      const start = performance.now();
      const call = observed("http://127.0.0.1:1").onepay.customers.create(person, { signal });
      const error = await faultOf<Error>(call);
      expect(performance.now() - start).toBeLessThan(500);
      expect(error.cause === cause).toBe(isKept);
    }
  });

  test.each<[string, () => unknown]>([
    ["a key with a line break", () => new OnePay({ apiKey: `${apiKey}\n` })],
    ["a key of another kind", () => new OnePay({ apiKey: `rk_${apiKey}` })],
    ["a public key", () => new OnePay({ apiKey: `pk_${apiKey}` })],
    ["a password in baseUrl", () => new OnePay({ apiKey, baseUrl: `https://me:${apiKey}@example.com` })],
    ["a baseUrl without https", () => new OnePay({ apiKey, baseUrl: `http://example.com/?key=${apiKey}` })],
    ["an unknown option", () => new OnePay({ apiKey, ...{ unheard: apiKey } })],
    ["a header that cannot be", () => new OnePay({ apiKey, headers: { "x-a": `${apiKey}\nx-b: 1` } })],
    ["the key as a header", () => new OnePay({ apiKey, headers: { authorization: `Bearer ${apiKey}` } })],
    ["a time limit that is the key", () => new OnePay({ apiKey, timeout: apiKey as never })],
  ])("are in no error of a constructor: %s", (_, construct) => {
    let fault: unknown;
    try {
      construct();
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(TypeError);
    expectNoSecret(everythingOf(fault));
  });

  test("are in no error of a call's arguments", async () => {
    const { customerSessions, customers } = observed("http://127.0.0.1:1").onepay;
    const faults = [
      customerSessions.createCharge(charge, { customerToken: `${customerToken}\n` }),
      customerSessions.createCharge(charge, { customerToken, idempotencyKey: `${apiKey} ${customerToken}` }),
      customers.get("cus_1", { headers: { "x-customer-token": customerToken } }),
      customers.get(`${apiKey}/..`),
      customers.create(person, { signal: customerToken as never }),
    ];
    for (const fault of faults) {
      const error = await faultOf(fault);
      expect(error).toBeInstanceOf(TypeError);
      expectNoSecret(everythingOf(error));
    }
  });
});

describe("what was sent", () => {
  const listed = { document_number: "9900112233", email: person.email };
  const said: [string, string, (onepay: OnePay) => Promise<unknown>][] = [
    ["the key", apiKey, ({ customers }) => customers.get("cus_1")],
    [
      "the customer's token",
      customerToken,
      ({ customerSessions }) => customerSessions.listPaymentMethods({ customerToken }),
    ],
    [
      "the one-time password",
      otp,
      ({ customerSessions }) => customerSessions.verify({ phone: person.phone, otp }),
    ],
    ...(["last_name", "email", "phone", "document_number"] as const).map((field): (typeof said)[number] => [
      `the field ${field}`,
      person[field],
      ({ customers }) => customers.create(person),
    ]),
    ...(["document_number", "email"] as const).map((field): (typeof said)[number] => [
      `the filter ${field}`,
      listed[field],
      ({ customers }) => customers.list({ filter: listed }),
    ]),
  ];

  test.each(said)("such as %s is in no print where the server calls something so", async (_, value, call) => {
    const answer = { code_name: `unknown ${value}`, errors: { [value]: ["is taken"] } };
    const server = await serve(reply(422, answer, { "x-request-id": `for ${value}` }));
    const { onepay, events } = observed(server.url);
    const error = await faultOf<ApiError>(call(onepay));
    expect(error).toMatchObject({ name: "UnprocessableError", status: 422 });
    expect(error.message).toMatch(/^\w+: 422: check fields/);
    expect(printOf(error)).not.toContain(value);
    expect(everythingOf(events)).not.toContain(value);
    expect(events.map(({ type }) => type)).toEqual(["request", "response", "error"]);
    expect({ body: error.body, fields: { ...error.fields } }).toEqual({
      body: answer,
      fields: answer.errors,
    });
  });

  test.each(said)("such as %s is in no cause, whatever holds it", async (_, value, call) => {
    const causes = [
      new Error(`refused: ${value}`),
      Object.assign(new Error("no"), { config: { data: { deep: [{ value }] } } }),
      Object.assign(new Error("no"), { config: { data: JSON.stringify({ value }) } }),
      Object.assign(new Error("no"), { sent: new Map([["a", [{ value }]]]) }),
    ];
    for (const cause of causes) {
      const fetch: Fetch = () => Promise.reject(cause);
      const error = await faultOf<OnePayError>(call(observed("http://127.0.0.1:1", { fetch }).onepay));
      expect(error.name).toBe("ConnectionError");
      expect(error.cause).toEqual(new Error("withheld"));
      expect(everythingOf(error)).not.toContain(value);
    }
  });

  test.each<[string, (url: string) => object]>([
    ["names it", (url) => new Error(`request to ${url} failed`)],
    ["holds it", (url) => Object.assign(new Error("failed"), { url: new URL(url) })],
  ])("as a query is in no cause that %s as part of the URL", async (_, causeOf) => {
    const fetch: Fetch = (url) => Promise.reject(causeOf(url));
    const { onepay } = observed("http://127.0.0.1:1", { fetch });
    const error = await faultOf<Error>(onepay.customers.list({ filter: listed }));
    expect(error.cause).toEqual(new Error("withheld"));
    const { cause } = await faultOf<Error>(onepay.customers.get("cus_1"));
    expect(cause).toMatchObject({ message: expect.stringContaining("failed") });
  });

  test("with half of a character in it hides no name of the server's", async () => {
    const server = await serve(reply(401, { code_name: "insufficient_funds" }));
    const call = observed(server.url).onepay.customers.create({ ...person, first_name: "Ana \ud83d" });
    expect(await faultOf(call)).toMatchObject({ codeName: "insufficient_funds" });
  });

  test("is in no cause as the text of the body, however short or plain its values are", async () => {
    const fetch: Fetch = (_url, { body }) => Promise.reject(new Error(`proxy refused ${body}`));
    const { onepay } = observed("http://127.0.0.1:1", { fetch });
    for (const body of [{ first_name: "Ana", last_name: "paz" }, { amount: 1_500_000 }, { otp: 271828 }]) {
      const error = await faultOf<Error>(onepay.customers.create(body as never));
      expect(error.cause).toEqual(new Error("withheld"));
    }
  });

  test("is looked for in a few names of the server's only: a flood of them takes no time and no place", async () => {
    const errors = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`field_${index}`, ""]));
    const notes = Array.from({ length: 1_000 }, (_, index) => `Note ${index}`);
    const server = await serve(reply(422, { errors }));
    const start = performance.now();
    const error = await faultOf<ApiError>(
      observed(server.url).onepay.customers.create({ ...person, notes } as never),
    );
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(error.message.length).toBeLessThan(200);
    expect(Object.keys(error.fields)).toHaveLength(3_000);
  });

  test("such as a word with one digit is in no print", async () => {
    const server = await serve(reply(422, { code_name: "no rosa1", errors: { rosa1: ["no"] } }));
    const call = observed(server.url).onepay.customers.create({ ...person, first_name: "rosa1" });
    expect(printOf(await faultOf(call))).not.toContain("rosa1");
  });

  test("and is a plain word or short hides no name of the server's, and no cause", async () => {
    const company = { user_type: "company", document_type: "NIT", currency: "COP", notes: "ab1" };
    const answer = { code_name: "company_inactive", errors: { NIT: ["no"], ab1: ["no"] } };
    const server = await serve(reply(403, answer, { "x-request-id": "req_company_ab1" }));
    const { onepay } = observed(server.url);
    const error = await faultOf<ApiError>(onepay.customers.create(company as never));
    expect(error).toMatchObject({ codeName: "company_inactive", requestId: "req_company_ab1" });
    expect(error.message).toMatch(/^createCustomer: 403 company_inactive NIT ab1: /);
    const cause = new Error("the company's proxy took ab1 for COP");
    const broken = observed("http://127.0.0.1:1", { fetch: () => Promise.reject(cause) }).onepay;
    expect((await faultOf<Error>(broken.customers.create(company as never))).cause).toBe(cause);
  });

  test("such as a one-time password of four digits is long enough to be in no name and no cause", async () => {
    const answer = { code_name: "wrong 4821", errors: { 4821: ["no"] } };
    const server = await serve(reply(422, answer, { "x-request-id": "for 4821" }));
    const verify = ({ onepay }: ReturnType<typeof observed>) =>
      faultOf<Error>(onepay.customerSessions.verify({ phone: person.phone, otp: "4821" }));
    expect(printOf(await verify(observed(server.url)))).not.toContain("4821");
    const cause = new Error("sent 4821");
    const broken = observed("http://127.0.0.1:1", { fetch: () => Promise.reject(cause) });
    expect((await verify(broken)).cause).toEqual(new Error("withheld"));
  });

  test("and is plain words joined by _ hides no name of the server's", async () => {
    const server = await serve(reply(422, { code_name: "bad_sort", errors: { first_name: ["no"] } }));
    const error = await faultOf<ApiError>(observed(server.url).onepay.customers.list({ sort: "first_name" }));
    expect(error.message).toMatch(/^listCustomers: 422 bad_sort first_name: /);
  });

  test("and is a number hides no name of the server's that has its digits", async () => {
    const server = await serve(reply(422, { code: 10_001 }, { "x-request-id": "req_1000" }));
    const error = await faultOf<ApiError>(
      observed(server.url).onepay.customers.createTransaction("cus_1", { amount: 1_000 }),
    );
    expect(error).toMatchObject({ code: 10_001, requestId: "req_1000" });
  });
});

describe("what a person typed", () => {
  describe.each(calls)("in %s", (name, call) => {
    test.each(ends)("is in no print of the error of %s", async (end, step) => {
      const { error } = await observe(name + end, call, step);
      expectNothingPersonal(printOf(error));
    });
  });

  test("stands in error.body for whoever asks for it, and there only", async () => {
    const server = await serve(reply(422, { message: "no", sent: person.document_number }));
    const { onepay } = observed(server.url);
    const error = await faultOf<OnePayError & { body: { sent: string } }>(onepay.customers.create(person));
    expect(error.body.sent).toBe(person.document_number);
    expect(Object.keys(error)).not.toContain("body");
    expect(Object.keys(error)).not.toContain("headers");
    expectNothingPersonal(printOf(error));
  });
});
