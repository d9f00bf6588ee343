import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ApiError, createFetchClient, OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import { refusal, type Untyped } from "./clients.js";
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

const unlimited = { depth: null, maxStringLength: null, maxArrayLength: null };

/** What logs print of a value. */
const printOf = (value: unknown): string =>
  [
    inspect(value, unlimited),
    JSON.stringify(value),
    ...(value instanceof Error ? [value.message, value.stack, printOf(value.cause)] : []),
  ].join("\n");

/** Everything that a value can print, hidden parts included. */
const everythingOf = (value: unknown): string =>
  [
    inspect(value, { ...unlimited, showHidden: true, getters: true }),
    printOf(value),
    String(value),
    ...(value instanceof Error ? [value.name, everythingOf(value.cause)] : []),
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

/** A client and its events. By default, nothing listens at its URL. */
function observed(options: OnePayOptions = {}) {
  const events: OnePayEvent[] = [];
  const defaults = { apiKey, baseUrl: "http://127.0.0.1:1", maxRetries: 1 };
  const onEvent = (event: OnePayEvent) => void events.push(event);
  return { events, onepay: new OnePay({ ...defaults, onEvent, ...options }) };
}
const failingWith = (cause: unknown) => observed({ fetch: () => Promise.reject(cause) });
const responding = async (...response: Parameters<typeof reply>) =>
  observed({ baseUrl: (await serve(reply(...response))).url });

const charge = { payment_method_id: "pm_1", amount: 100_000, currency: "COP" } as const;
type Call = (onepay: OnePay) => Promise<unknown>;
const createWith =
  (data: object): Call =>
  ({ customers }) =>
    customers.create({ ...person, ...data });
const createCustomer = createWith({});
const createCharge = ({ customerSessions }: OnePay) =>
  customerSessions.createCharge(charge, { customerToken });
const verify = ({ customerSessions }: OnePay) => customerSessions.verify({ phone: person.phone, otp });
const getCustomer = ({ customers }: OnePay) => customers.get("cus_1");

/** The cause of a failed call that sent an API key, a customer token and an amount. */
const causeOf = async (cause: unknown) =>
  (await rejectionOf<Error>(createCharge(failingWith(cause).onepay))).cause;

const errorWith = (properties: object) => Object.assign(new Error("no"), properties);
const errorWithGetter = (name: string, get: () => unknown) =>
  Object.defineProperty(new Error("no"), name, { enumerable: true, get });
const throwing = () => {
  throw new Error("not now");
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

const echoAsText =
  (status: number, type: string): Handler =>
  (exchange) => {
    const { headers, body } = exchange.request;
    reply(status, `<pre>${JSON.stringify(headers)} ${body}</pre>`, { "content-type": type })(exchange);
  };

describe("the API key and the customer token", () => {
  test("aren't printed with the clients, their parts or a copy", () => {
    const onepay = new OnePay({ apiKey, headers: { "x-team": "a" } });
    const parts = [onepay.customers, onepay.customers.create, onepay.withOptions({ timeout: 1 })];
    for (const value of [onepay, ...parts, createFetchClient({ apiKey })])
      expectNoSecret(everythingOf(value));
    expect(JSON.parse(JSON.stringify(onepay))).toMatchObject({ environment: "live" });
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

  describe.each<[string, Call]>([
    ["creating a customer", createCustomer],
    ["a charge under a customer's token", createCharge],
    ["verifying a one-time password", verify],
  ])("after %s", (_, call) => {
    test.each<[string, Handler]>([
      ["a 422 that repeats everything", echo(422)],
      ["a 401 that repeats everything", echo(401)],
      ["a 500 that repeats everything", echo(500)],
      ["a 500 with a debug page", echoAsText(500, "text/html")],
      ["a redirect that repeats everything", echo(302)],
      ["a success that isn't JSON and repeats everything", echoAsText(200, "application/json")],
      ["a reset", reset],
      ["a timeout", stall],
      ["a body that breaks off", breakInBody],
    ])("aren't in the error or the events of %s, and neither is personal data", async (_failure, handler) => {
      const { url, requests } = await serve(handler);
      const limits = handler === stall ? { timeout: 1_000, maxRetries: 0 } : {};
      const { onepay, events } = observed({ baseUrl: url, ...limits });
      const error = await rejectionOf<OnePayError>(call(onepay));
      expect(requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
      expect(error.operation).toBeTypeOf("string");
      expect(events.map(({ type }) => type)).toContain("error");
      for (const text of [printOf(error), everythingOf(events)]) {
        expectNoSecret(text);
        expectNothingPersonal(text);
      }
    });
  });

  test("aren't in the metadata and the events of a success", async () => {
    const { onepay, events } = await responding(201, customer);
    const { data, ...metadata } = await onepay.customers.create(person).withResponse();
    expect(data).toEqual(customer);
    expectNoSecret(everythingOf([metadata, events]));
    expectNothingPersonal(everythingOf(events));
  });

  test("aren't in an error of the openapi-fetch client", async () => {
    const server = await serve(stall);
    const client = createFetchClient({ apiKey, baseUrl: server.url, timeout: 500, maxRetries: 0 });
    const params = { header: { "X-Customer-Token": customerToken } as never };
    const error = await rejectionOf(client.POST("/customers/session/charges", { params, body: charge }));
    expect(error).toMatchObject({ name: "TimeoutError" });
    expect(server.requests[0]?.headers["x-customer-token"]).toBe(customerToken);
    expectNoSecret(everythingOf(error));
  });

  const nested = (value: unknown, depth: number): unknown => {
    let outer = value;
    for (let level = 0; level < depth; level++) outer = { outer };
    return outer;
  };
  class SentRequest {
    readonly #headers = new Headers({ authorization: apiKey });
    get headers() {
      return this.#headers;
    }
    [inspect.custom]() {
      return `Sent ${this.#headers.get("authorization")}`;
    }
  }
  const requestWithToken = () => new Request("http://127.0.0.1", { headers: { a: customerToken } });
  const selfContaining = () => {
    const error = errorWith({ request: { headers: [apiKey] } });
    return Object.assign(error, { self: error });
  };
  const throwingGetter = () => Object.assign(errorWithGetter("headers", throwing), { message: apiKey });
  const withoutPrototype = Object.assign(Object.create(null), { key: apiKey });

  test.each<[string, () => unknown]>([
    ["in its message", () => new Error(`GET failed: Bearer ${apiKey} ${customerToken}`)],
    ["in its name", () => errorWith({ name: apiKey })],
    ["in a cause of a cause", () => new Error("a", { cause: new Error("b", { cause: new Error(apiKey) }) })],
    ["in its request", () => errorWith({ config: { headers: { authorization: apiKey } } })],
    ["in its Headers", () => errorWith({ headers: new Headers({ a: apiKey }) })],
    ["in its Request", () => errorWith({ request: requestWithToken() })],
    ["in a request with private headers", () => errorWith({ request: new SentRequest() })],
    ["at the end of a long text", () => new Error(`${"x".repeat(50_000)} ${apiKey}`)],
    ["in its code", () => errorWith({ code: `Bearer ${apiKey}` })],
    ["as its code", () => errorWith({ code: apiKey, cause: { code: apiKey } })],
    ["in a Map", () => errorWith({ sent: new Map([["authorization", [apiKey]]]) })],
    ["as a key of a Map", () => errorWith({ sent: new Map([[apiKey, 1]]) })],
    ["in a Set", () => errorWith({ sent: new Set([apiKey]) })],
    ["in a form", () => errorWith({ form: new URLSearchParams({ key: apiKey }) })],
    ["behind a getter", () => errorWithGetter("sent", () => apiKey)],
    ["next to a getter that throws", throwingGetter],
    ["as the name of a field", () => errorWith({ [apiKey]: 1 })],
    ["as the name of a symbol", () => errorWith({ [Symbol(apiKey)]: 1 })],
    ["behind a symbol", () => errorWith({ [Symbol("state")]: { key: apiKey } })],
    ["deeper than any recursion can go", () => new Error("no", { cause: nested({ key: apiKey }, 50_000) })],
    ["in one of several errors", () => new AggregateError([new Error("a"), new Error(apiKey)])],
    ["in an object that contains itself", selfContaining],
    ["deep in an object without a prototype", () => errorWith({ a: { b: { c: withoutPrototype } } })],
    ["in the message of a DOMException", () => new DOMException(`aborted: ${apiKey}`, "AbortError")],
    ["in a string instead of an error", () => `refused: ${apiKey}`],
  ])("are redacted if fetch's error or the abort reason has them %s", async (_, create) => {
    const fetch: Fetch = async () => {
      throw create();
    };
    const { onepay, events } = observed({ fetch });
    const error = await rejectionOf<OnePayError>(createCharge(onepay));
    expect(error).toMatchObject({ name: "ConnectionError", attempts: 2 });
    expect(error.cause).toBeDefined();
    expect(events).toContainEqual(expect.objectContaining({ type: "retry", reason: "ConnectionError" }));
    expectNoSecret(everythingOf(error));
    expectNoSecret(everythingOf(events));
    const options = { customerToken, signal: AbortSignal.abort(create()) };
    const aborted = await rejectionOf(onepay.customerSessions.createCharge(charge, options));
    expect(aborted).toMatchObject({ name: "AbortError" });
    expectNoSecret(everythingOf(aborted));
  });

  const { customerSessions, customers } = observed().onepay;
  const create = (options: object) => () => new OnePay({ apiKey, ...options });
  const chargeWith = (options: Untyped) => () => customerSessions.createCharge(charge, options);
  test.each<[string, () => unknown]>([
    ["a key with a line break", create({ apiKey: `${apiKey}\n` })],
    ["a key of another kind", create({ apiKey: `rk_${apiKey}` })],
    ["a public key", create({ apiKey: `pk_${apiKey}` })],
    ["a key as the password of baseUrl", create({ baseUrl: `https://me:${apiKey}@example.com` })],
    ["a key in the query of baseUrl", create({ baseUrl: `http://example.com/?key=${apiKey}` })],
    ["a key as an unknown option", create({ unheard: apiKey })],
    ["a key in a header with a line break", create({ headers: { "x-a": `${apiKey}\nx-b: 1` } })],
    ["a key as the authorization header", create({ headers: { authorization: `Bearer ${apiKey}` } })],
    ["a key as the timeout", create({ timeout: apiKey })],
    ["a token with a line break", chargeWith({ customerToken: `${customerToken}\n` })],
    [
      "a token in an idempotency key",
      chargeWith({ customerToken, idempotencyKey: `${apiKey} ${customerToken}` }),
    ],
    ["a token in a header", () => customers.get("cus_1", { headers: { "x-customer-token": customerToken } })],
    ["a key in an id", () => customers.get(`${apiKey}/..`)],
    ["a token as the signal", () => customers.create(person, { signal: customerToken as never })],
  ])("aren't in the TypeError about %s", async (_, act) => {
    expectNoSecret(await refusal(act));
  });
});

describe("a cause", () => {
  const bare: unknown = Object.create(null);
  const selfContaining = errorWith({ a: { b: { c: { d: { bare } } } } });
  Object.assign(selfContaining, { self: selfContaining });
  const reset = Object.assign(new Error("read"), { code: "ECONNRESET" });

  test.each<[string, unknown]>([
    ["an error that contains itself", selfContaining],
    ["several errors", new AggregateError([new Error("a"), new Error("b")], "all")],
    ["lists of objects", errorWith({ issues: [[{ a: [1, null] }]] })],
    ["the platform's DOMException", new DOMException("tired", "NetworkError")],
    ["an error with a code and a cause", new TypeError("fetch failed", { cause: reset })],
    ["an error of a class without behavior", new (class ProxyError extends Error {})("tired")],
    ["a string", "tired"],
    ["a malformed percent escape", new Error("100%ff of %E0%A4")],
  ])("is kept if it's plain and clean: %s", async (_, cause) => {
    expect(await causeOf(cause)).toBe(cause);
    const call = observed().onepay.customers.get("cus_1", { signal: AbortSignal.abort(cause) });
    expect((await rejectionOf<Error>(call)).cause).toBe(cause);
  });

  class HttpError extends Error {
    readonly response = new Response(null, { status: 503 });
    get url() {
      return "https://proxy.example/";
    }
  }
  class NamedByGetter extends Error {
    override get name() {
      return "ProxyError";
    }
  }
  const endless = Object.getOwnPropertyDescriptors({
    *[Symbol.iterator]() {
      for (;;) yield 1;
    },
    get items() {
      return this;
    },
    entries: { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) },
  });
  test.each<[string, Error]>([
    ["a Response", errorWith({ response: new Response() })],
    ["a URL", errorWith({ url: new URL("https://api.example") })],
    ["a Map", errorWith({ sent: new Map([["a", 1]]) })],
    ["Headers", errorWith({ headers: new Headers({ a: "1" }) })],
    ["bytes", errorWith({ raw: Buffer.alloc(3_000_000) })],
    ["a class with getters", Object.assign(new HttpError("no"), { name: "HttpError" })],
    ["a class whose name is a getter", new NamedByGetter("no")],
    ["a function", errorWith({ retry: () => apiKey })],
    ["an endless iterator", Object.defineProperties(new Error("no"), endless)],
    ["10,000 objects", errorWith({ list: Array.from({ length: 10_000 }, () => ({})) })],
    ["10,000 numbers", errorWith({ list: Array(10_000).fill(1) })],
    ["a proxy", errorWith({ inner: new Proxy(new Map(), {}) })],
  ])("is replaced by an Error with name, code and message if it contains %s", async (_, error) => {
    const cause = Object.assign(error, { code: "EPROXY" });
    const start = performance.now();
    const copy = await causeOf(cause);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(copy).not.toBe(cause);
    expect(copy).toBeInstanceOf(Error);
    expect(copy).toMatchObject({ name: cause.name, message: "no", code: "EPROXY" });
    expect(Object.keys(copy as Error)).toEqual(["code"]);
  });

  test("that is replaced has a cause that is replaced in the same way, at most 3 levels deep", async () => {
    const level = (depth: number): Error => {
      const options = depth < 9 ? { cause: level(depth + 1) } : {};
      return Object.assign(new Error(`level ${depth}`, options), { sent: new Map() });
    };
    const messages: string[] = [];
    for (let cause = (await causeOf(level(0))) as Error | undefined; cause; cause = cause.cause as Error)
      messages.push(cause.message);
    expect(messages).toEqual(["level 0", "level 1", "level 2", "level 3"]);
  });

  test("that is replaced has a clean cause unchanged", async () => {
    const cause = Object.assign(new Error("no", { cause: reset }), { sent: new Map() });
    expect(await causeOf(cause)).toMatchObject({ message: "no", cause: reset });
  });

  test("is replaced by an Error without details if it can't be read", async () => {
    const unreadable = { get: throwing, ownKeys: throwing, getPrototypeOf: throwing };
    expect(await causeOf(new Proxy(new Error("x"), unreadable))).toEqual(new Error("[redacted]"));
  });

  test("isn't searched forever: a getter or an iterator of a foreign object isn't called", async () => {
    const called = vi.fn();
    class Foreign {
      get value() {
        return called();
      }
      *[Symbol.iterator]() {
        called();
        for (;;) yield 1;
      }
      entries = called;
    }
    await causeOf(errorWith({ foreign: new Foreign() }));
    await causeOf(errorWithGetter("sent", called));
    expect(called).not.toHaveBeenCalled();
  });

  test("of a refused host with two addresses keeps what the platform reports", async () => {
    const baseUrl = (await closedUrl()).replace("127.0.0.1", "localhost");
    const error = await rejectionOf<Error>(getCustomer(observed({ baseUrl }).onepay));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "rejected" });
    expect(error.cause).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
  });

  const sortedQuery = (url: string) => {
    const { searchParams } = new URL(url);
    searchParams.sort();
    return `refused: ${searchParams}`;
  };
  test.each<[string, (url: string) => unknown]>([
    ["as it was sent", (url) => new Error(`request to ${url} failed`)],
    ["with apostrophes encoded", (url) => new Error(`request to ${url.replaceAll("'", "%27")} failed`)],
    ["sorted, with + for a space", (url) => new Error(sortedQuery(url))],
    ["decoded", (url) => new Error(decodeURIComponent(url))],
    ["encoded twice", (url) => new Error(encodeURIComponent(url))],
    ["in upper case", (url) => new Error(url.toUpperCase())],
    ["escaped in JSON", (url) => new Error(decodeURIComponent(url).replaceAll("@", "\\u0040"))],
    ["in a URL object", (url) => errorWith({ url: new URL(url) })],
    ["as a key", (url) => errorWith({ [url]: 1 })],
  ])("never shows a query with personal data %s", async (_, create) => {
    const { onepay } = observed({ fetch: (url) => Promise.reject(create(url)) });
    const filter = { email: person.email, document_number: "9900112233", name: "Flor O'Brien Pérez" };
    const error = await rejectionOf<Error>(onepay.customers.list({ filter }));
    expect(everythingOf(error)).not.toMatch(/quintana|9900112233|brien|P(é|%C3%A9)rez/i);
    expect(error.cause).toMatchObject({ message: expect.stringMatching(/^(\[redacted\]|no)$/) });
  });

  test("shows a URL without a query, which helps to find the reason", async () => {
    const { onepay } = observed({ fetch: (url) => Promise.reject(new Error(`request to ${url} failed`)) });
    const { cause } = await rejectionOf<Error>(getCustomer(onepay));
    expect(cause).toMatchObject({ message: "request to http://127.0.0.1:1/customers/cus_1 failed" });
  });

  test("never shows the URL of a Response, which some platforms print", async () => {
    const { url: baseUrl } = await serve(reply(500));
    const fetch: Fetch = async (url, init) => {
      throw errorWith({ response: await globalThis.fetch(url, init) });
    };
    const filter = { document_number: "9900112233" };
    const error = await rejectionOf<Error>(observed({ baseUrl, fetch }).onepay.customers.list({ filter }));
    expect(everythingOf(error)).not.toContain("9900112233");
    expect(error.cause).toMatchObject({ message: "no" });
    expect(error.cause).not.toHaveProperty("response");
  });

  test.each(["Basic UFJPWFlTRUNSRVQ=", "UFJPWFlTRUNSRVQ=", "basic%20UFJPWFlTRUNSRVQ%3D"])(
    "never shows the value of the caller's header as %s",
    async (shown) => {
      const headers = { "proxy-authorization": "Basic UFJPWFlTRUNSRVQ=" };
      const fetch: Fetch = () => Promise.reject(new Error(`refused: ${shown}`));
      const error = await rejectionOf(getCustomer(observed({ fetch, headers }).onepay));
      expect(everythingOf(error)).not.toMatch(/UFJPWFlTRUNSRVQ/i);
    },
  );
});

describe("a value that was sent", () => {
  const filter = { document_number: "9900112233", email: person.email };
  const list = ({ customers }: OnePay) => customers.list({ filter });
  const listPaymentMethods = ({ customerSessions }: OnePay) =>
    customerSessions.listPaymentMethods({ customerToken });
  test.each<[string, string, Call]>([
    ["the API key", apiKey, getCustomer],
    ["the customer token", customerToken, listPaymentMethods],
    ["the one-time password", otp, verify],
    ["the field last_name", person.last_name, createCustomer],
    ["the field email", person.email, createCustomer],
    ["the field phone", person.phone, createCustomer],
    ["the field document_number", person.document_number, createCustomer],
    ["the filter document_number", filter.document_number, list],
    ["the filter email", filter.email, list],
  ])("isn't printed if the server uses it as a name, nor in a cause: %s", async (_, value, call) => {
    for (const name of [value, `unknown_${value}`]) {
      const body = { code_name: name, errors: { [name]: ["is taken"] } };
      const { onepay, events } = await responding(422, body, { "x-request-id": name });
      const error = await rejectionOf<ApiError>(call(onepay));
      expect(error).toMatchObject({ name: "UnprocessableEntityError", status: 422 });
      expect(error.message).toMatch(/^\w+\.\w+: 422 Unprocessable entity\. See error\.fields/);
      expect(printOf(error)).not.toContain(value);
      expect(everythingOf(events)).not.toContain(value);
      expect(events.map(({ type }) => type)).toEqual(["request", "response", "error"]);
      expect({ body: error.body, fields: { ...error.fields } }).toEqual({ body, fields: body.errors });
    }
    for (const cause of [
      new Error(`refused: ${value}`),
      errorWith({ config: { data: { deep: [{ value }] } } }),
      errorWith({ config: { data: JSON.stringify({ value }) } }),
      errorWith({ sent: new Map([["a", [{ value }]]]) }),
    ]) {
      const error = await rejectionOf<OnePayError>(call(failingWith(cause).onepay));
      expect(error.name).toBe("ConnectionError");
      expect(error.cause).toEqual(new Error(cause.message === "no" ? "no" : "[redacted]"));
      expect(everythingOf(error)).not.toContain(value);
    }
  });

  test.each([{ first_name: "Ana", last_name: "paz" }, { amount: 1_500_000 }, { otp: 271828 }])(
    "isn't in a cause as part of the body, even if it's short or a plain word: %j",
    async (data) => {
      const fetch: Fetch = (_url, { body }) => Promise.reject(new Error(`proxy refused ${body}`));
      const { onepay } = observed({ fetch });
      const error = await rejectionOf<Error>(onepay.customers.create(data as never));
      expect(error.cause).toEqual(new Error("[redacted]"));
    },
  );

  test("is searched quickly in thousands of names, and few of them are in the message", async () => {
    const errors = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`field_${index}`, ""]));
    const notes = Array.from({ length: 1_000 }, (_, index) => `Note ${index}`);
    const { onepay } = await responding(422, { errors });
    const start = performance.now();
    const error = await rejectionOf<ApiError>(onepay.customers.create({ ...person, notes } as never));
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(error.message.length).toBeLessThan(200);
    expect(Object.keys(error.fields)).toHaveLength(3_000);
  });

  const id = "9da58912-101d-46f8-86c9-20a52119c0bf";
  const password = { phone: person.phone, otp: "4821" };
  test.each<[string, string, Call]>([
    ["a word with a digit", "rosa1", createWith({ first_name: "rosa1" })],
    [
      "a one-time password of four digits",
      "4821",
      ({ customerSessions }) => customerSessions.verify(password),
    ],
    ["an id of the path", id, ({ customers }) => customers.get(id)],
  ])("isn't printed if it's %s", async (_, value, call) => {
    const body = { code_name: `no_${value}`, errors: { [value]: ["no"] } };
    const { onepay, events } = await responding(422, body, { "x-request-id": `for_${value}` });
    const error = await rejectionOf<ApiError>(call(onepay));
    expect([error.codeName, error.requestId]).toEqual([undefined, undefined]);
    expect(printOf([error, events])).not.toContain(value);
  });

  test("isn't in a cause if it's a one-time password of four digits", async () => {
    const call = failingWith(new Error("sent 4821")).onepay.customerSessions.verify(password);
    expect((await rejectionOf<Error>(call)).cause).toEqual(new Error("[redacted]"));
  });

  const company = { user_type: "company", document_type: "NIT", currency: "COP", notes: "ab1" };
  const short = { code_name: "company_inactive", errors: { NIT: ["no"], ab1: ["no"] } };
  const sorted = { code_name: "bad_sort", errors: { first_name: ["no"] } };
  test.each<[string, Call, number, object, object]>([
    [
      "half of a character",
      createWith({ last_name: "Ana \ud83d" }),
      401,
      { code_name: "no_funds" },
      { codeName: "no_funds" },
    ],
    [
      "short or a plain word",
      createWith(company),
      403,
      short,
      { codeName: "company_inactive", requestId: "req_company_ab1" },
    ],
    [
      "plain words joined by _",
      ({ customers }) => customers.list({ sort: "first_name" }),
      422,
      sorted,
      { message: "customers.list: 422 Invalid fields (bad_sort): first_name. See error.fields." },
    ],
    ["the digits of OnePay's code", createWith({ amount: 1_000 }), 422, { code: 1_000 }, { code: 1_000 }],
  ])("doesn't hide the names that the server sends if it's %s", async (_, call, status, body, expected) => {
    const { onepay } = await responding(status, body, { "x-request-id": "req_company_ab1" });
    expect(await rejectionOf(call(onepay))).toMatchObject(expected);
  });

  test("doesn't hide a cause if it's short or a plain word", async () => {
    const cause = new Error("the company's proxy took ab1 for COP");
    const error = await rejectionOf<Error>(createWith(company)(failingWith(cause).onepay));
    expect(error.cause).toBe(cause);
  });

  test("is in error.body if you read it by name, and not printed", async () => {
    const { onepay } = await responding(422, { message: "no", sent: person.document_number });
    const error = await rejectionOf<OnePayError & { body: { sent: string } }>(createCustomer(onepay));
    expect(error.body.sent).toBe(person.document_number);
    expect(Object.keys(error)).not.toContain("body");
    expect(Object.keys(error)).not.toContain("responseHeaders");
    expectNothingPersonal(printOf(error));
  });
});
