import { inspect } from "node:util";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { describe, expect, test, vi } from "vitest";
import * as client from "../../src/index.js";
import {
  ApiError,
  ConnectionError,
  isOnePayError,
  NotFoundError,
  OnePay,
  OnePayError,
  ResponseError,
  ServerError,
  TimeoutError,
} from "../../src/index.js";
import type { OnePayEvent } from "../../src/types.js";
import { apiKey, fetchError, person, rejectionOf } from "./server.js";

/** The error of `customers.create` for such a response. */
const errorOf = async (status: number, body: unknown = {}, headers: Record<string, string> = {}) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const fetch = async () => new Response(text, { status, headers });
  return rejectionOf<ApiError>(new OnePay({ apiKey, fetch, maxRetries: 0 }).customers.create(person));
};

const exported: Record<string, unknown> = { ...client };

const statusClasses: [status: number, name: string][] = [
  [400, "BadRequestError"],
  [401, "UnauthorizedError"],
  [402, "ApiError"],
  [403, "ForbiddenError"],
  [404, "NotFoundError"],
  [408, "ApiError"],
  [409, "ConflictError"],
  [419, "ApiError"],
  [422, "UnprocessableEntityError"],
  [429, "RateLimitError"],
  [499, "ApiError"],
  [500, "ServerError"],
  [503, "ServerError"],
  [599, "ServerError"],
];

describe("the error of a status", () => {
  test.each(statusClasses)("%d is a %s with that name", async (status, name) => {
    const error = await errorOf(status);
    expect(error.constructor).toBe(exported[name]);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toBeInstanceOf(ResponseError);
    expect(error).toBeInstanceOf(OnePayError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(error.status).toBe(status);
    expect(String(error)).toMatch(new RegExp(`^${name}: customers\\.create: ${status} `));
  });

  test("has the facts of the call and of the response", async () => {
    const fetch = async () =>
      new Response('{"code":10501,"code_name":"too_many"}', {
        status: 429,
        headers: { "x-request-id": "req_1", "retry-after": "7" },
      });
    const onepay = new OnePay({ apiKey, fetch, maxRetries: 0 });
    const error = await rejectionOf<ApiError>(onepay.customers.create(person, { idempotencyKey: "order:1" }));
    expect({ ...error }).toEqual({
      operation: "createCustomer",
      idempotencyKey: "order:1",
      attempts: 1,
      outcome: "rejected",
      retryable: true,
      status: 429,
      code: 10501,
      codeName: "too_many",
      requestId: "req_1",
      retryAfter: 7_000,
    });
    expect(error.responseHeaders.get("retry-after")).toBe("7");
  });

  test("has no facts that neither the call nor the response has", async () => {
    const onepay = new OnePay({ apiKey, fetch: async () => new Response(null, { status: 404 }) });
    const error = await rejectionOf<ApiError>(onepay.customers.get("cus_1"));
    expect(error).toMatchObject({ fields: {}, body: "" });
    expect(Object.keys(error)).toEqual(["operation", "attempts", "outcome", "retryable", "status"]);
    const { idempotencyKey, code, codeName, requestId, retryAfter } = error;
    expect({ idempotencyKey, code, codeName, requestId, retryAfter }).toEqual({});
  });
});

describe("error.retryable", () => {
  const retryable = async (call: Promise<unknown>) => (await rejectionOf<OnePayError>(call)).retryable;
  const get = (fetch: () => Promise<Response>, options = {}) =>
    retryable(new OnePay({ apiKey, fetch, maxRetries: 0 }).customers.get("cus_1", options));

  test("is true for the statuses that pass without a change: 408, 409, 421, 425, 429 and each 5xx", async () => {
    const found: number[] = [];
    for (let status = 400; status < 600; status += 1)
      if ((await errorOf(status)).retryable) found.push(status);
    const serverErrors = Array.from({ length: 100 }, (_, index) => 500 + index);
    expect(found).toEqual([408, 409, 421, 425, 429, ...serverErrors]);
  });

  test("is false for a 409 without an idempotency key: it's a conflict with what exists", async () => {
    expect(await get(async () => new Response("{}", { status: 409 }))).toBe(false);
  });

  test.each<[string, boolean, () => Promise<boolean>]>([
    ["a connection that failed", true, () => get(() => Promise.reject(fetchError("ECONNREFUSED")))],
    ["a timeout", true, () => get(() => new Promise(() => {}), { timeout: 20 })],
    ["an abort", true, () => get(vi.fn(), { signal: AbortSignal.abort() })],
    [
      "a success that isn't JSON",
      false,
      () => get(async () => new Response("<p>", { headers: { "content-type": "text/html" } })),
    ],
    [
      "a redirect",
      false,
      () => get(async () => new Response(null, { status: 302, headers: { location: "/" } })),
    ],
    ["a 304", false, () => get(async () => new Response(null, { status: 304 }))],
    ["a value that isn't a Response", false, () => get(async () => ({}) as Response)],
  ])("of %s is %s", async (_, expected, read) => {
    expect(await read()).toBe(expected);
  });
});

describe("error.code and error.codeName", () => {
  test("are OnePay's number and name, and a 401 with a name is a declined payment", async () => {
    const error = await errorOf(401, { message: "…", code: 10501, code_name: "insufficient_funds" });
    expect(error).toMatchObject({ code: 10501, codeName: "insufficient_funds" });
    expect(error.message).toBe("customers.create: 401 Declined: insufficient_funds.");
  });

  test.each<[unknown, number | undefined]>([
    [10500, 10500],
    ["10500", 10500],
    ["0010", 10],
    ["9".repeat(16), undefined],
    ["10.5", undefined],
    ["1e3", undefined],
    ["", undefined],
    [null, undefined],
    [true, undefined],
    [[10500], undefined],
  ])("have the code %j as a number: %s", async (code, expected) => {
    expect((await errorOf(400, { code })).code).toBe(expected);
  });

  test.each([5, null, ["a"], { name: "a" }, ""])("have no name if code_name is %j", async (codeName) => {
    expect((await errorOf(400, { code_name: codeName })).codeName).toBeUndefined();
  });
});

describe("a name that the server sends to forge a line of a log", () => {
  const forged: [string, string][] = [
    ["a line break", "declined\nINFO payment ok"],
    ["a carriage return", "declined\rINFO"],
    ["an escape sequence", "\u001b[2K\u001b[31mdeclined"],
    ["a null byte", "declined\u0000"],
    ["a line separator", "declined\u2028INFO"],
    ["a right-to-left override", "\u202edenilced"],
    ["a zero-width space", "de\u200bclined"],
    ["a space", "declined by the bank"],
    ["10,000 characters", "x".repeat(10_000)],
  ];
  test.each(forged)("isn't error.codeName, nor in the message: %s", async (_, name) => {
    const error = await errorOf(400, { code_name: name });
    expect(error.codeName).toBeUndefined();
    expect(error.message).toBe("customers.create: 400 Bad request. Check the arguments of the call.");
  });

  test.each(forged)("isn't in the message as the name of a field: %s", async (_, name) => {
    const error = await errorOf(422, { errors: { [name]: ["no"], email: ["no"] } });
    expect(error.message).toBe("customers.create: 422 Invalid fields: email. See error.fields.");
    expect(Object.keys(error.fields)).toEqual([name, "email"]);
  });

  test.each(["\u001b[31mreq", "r".repeat(65), "req 1", "réq\u009b31m"])(
    "isn't error.requestId: %j",
    async (id) => {
      const headers = { get: (name: string) => (name === "x-request-id" ? id : null) };
      const fetch = async () => ({ ok: false, status: 400, headers, text: async () => "{}" });
      const call = new OnePay({ apiKey, fetch }).customers.get("cus_1");
      expect((await rejectionOf<ApiError>(call)).requestId).toBeUndefined();
    },
  );

  test("is at most 64 characters long, and a message lists at most 8 fields", async () => {
    const long = "x".repeat(64);
    expect((await errorOf(400, { code_name: long })).codeName).toBe(long);
    const errors = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field_${index}`, "no"]));
    const { message } = await errorOf(422, { errors });
    expect(message).toContain("field_7. See error.fields.");
    expect(message).not.toContain("field_8");
  });
});

describe("error.fields", () => {
  test.each<[string, unknown, Record<string, string[]>]>([
    [
      "a list under errors",
      {
        errors: [
          { key: "email", description: "wrong" },
          { key: "email", description: "taken" },
        ],
      },
      { email: ["wrong", "taken"] },
    ],
    [
      "a list under erros, as in OnePay's sample",
      { erros: [{ key: "phone", description: "wrong" }] },
      { phone: ["wrong"] },
    ],
    [
      "a map to lists",
      { errors: { email: ["wrong", "taken"], phone: ["wrong"] } },
      { email: ["wrong", "taken"], phone: ["wrong"] },
    ],
    ["a map to strings", { errors: { email: "wrong" } }, { email: ["wrong"] }],
    ["strings without a field", { errors: ["wrong", "bad"] }, { "": ["wrong", "bad"] }],
    ["one string", { errors: "wrong" }, { "": ["wrong"] }],
    ["items without a key", { errors: [{ description: "wrong" }] }, { "": ["wrong"] }],
    ["items with the key null", { errors: [{ key: null, description: "wrong" }] }, { "": ["wrong"] }],
    [
      "items with an object as the key",
      { errors: [{ key: { toString: 1, valueOf: 1 }, description: "wrong" }] },
      { "": ["wrong"] },
    ],
    ["a field named __proto__", '{"errors":{"__proto__":["wrong"]}}', JSON.parse('{"__proto__":["wrong"]}')],
    [
      "a field named constructor",
      { errors: [{ key: "constructor", description: "wrong" }] },
      { constructor: ["wrong"] } as never,
    ],
    ["both spellings", { errors: { a: "1" }, erros: { b: "2" } }, { a: ["1"] }],
    [
      "strings among other values",
      { errors: { email: ["wrong", 5, null, { a: "b" }], phone: { min: 7 } } },
      { email: ["wrong"], phone: [] },
    ],
    ["no errors", { message: "no" }, {}],
    ["errors: null", { errors: null }, {}],
    ["errors: 3", { errors: 3 }, {}],
    ["a body that isn't JSON", "<html>", {}],
    ["a body that is a list", "[1,2]", {}],
    ["a body that is null", "null", {}],
  ])("has one shape for %s", async (_, body, fields) => {
    const error = await errorOf(422, body);
    expect(Object.entries(error.fields)).toEqual(Object.entries(fields));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    for (const name of Object.keys(fields).filter(Boolean)) expect(error.message).toContain(name);
  });

  test("is a plain object that frameworks can serialize and template literals can print", async () => {
    const { fields } = await errorOf(422, { errors: { email: "wrong" } });
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(`${fields}`).toBe("[object Object]");
    expect(structuredClone(fields)).toEqual({ email: ["wrong"] });
  });

  test("is parsed quickly from a long list", async () => {
    const many = { errors: Array.from({ length: 15_000 }, () => "a") };
    const start = performance.now();
    const error = await errorOf(422, many);
    expect(error.fields[""]).toHaveLength(15_000);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe("error.body", () => {
  test("is the parsed JSON, or the text if it isn't JSON", async () => {
    expect((await errorOf(400, { a: [1] })).body).toEqual({ a: [1] });
    expect((await errorOf(400, "Bad <b>request</b>")).body).toBe("Bad <b>request</b>");
  });
});

describe("printing an error", () => {
  const secret = "Zoraida Quintana";
  const leakyError = () =>
    errorOf(
      422,
      { message: secret, errors: { first_name: [secret] }, code_name: "name_taken" },
      { "x-echo": secret, "set-cookie": `session=${secret}` },
    );

  /** What walkers over own properties read, such as serializers of loggers and of error trackers. */
  const ownValues = (value: object) =>
    Reflect.ownKeys(value).map((key) => inspect((value as Record<PropertyKey, unknown>)[key], { depth: 9 }));
  const enumerated = (value: object) => {
    const found: string[] = [];
    for (const key in value) found.push(inspect((value as Record<string, unknown>)[key], { depth: 9 }));
    return found.join();
  };
  const printers: [string, (error: ApiError) => string | undefined][] = [
    ["String()", String],
    ["error.stack", ({ stack }) => stack],
    ["util.inspect()", (error) => inspect(error, { depth: null })],
    ["util.inspect() with showHidden", (error) => inspect(error, { depth: null, showHidden: true })],
    ["util.inspect() of an object with the error", (error) => inspect({ nested: [error] }, { depth: null })],
    ["JSON.stringify()", (error) => JSON.stringify(error)],
    ["JSON.stringify() of a copy", (error) => JSON.stringify({ ...error })],
    [
      "JSON.stringify() with all own property names",
      (error) => JSON.stringify(error, Object.getOwnPropertyNames(error)),
    ],
    ["all own properties, symbols included", (error) => ownValues(error).join()],
    ["for…in", enumerated],
    ["Object.assign() to a plain object", (error) => inspect(Object.assign({}, error), { depth: null })],
    ["structuredClone()", (error) => inspect(structuredClone(error), { depth: null, showHidden: true })],
    ["toJSON()", (error) => inspect(error.toJSON(), { depth: null, showHidden: true })],
  ];
  test.each(printers)("shows neither body, fields nor headers with %s", async (_, print) => {
    expect(print(await leakyError())).not.toMatch(/Zoraida|Quintana|cookie/i);
  });

  test("shows none of them, and they're there if you read them by name", async () => {
    const error = await leakyError();
    expect(error.body).toMatchObject({ message: secret });
    expect(error.fields).toEqual({ first_name: [secret] });
    expect(error.responseHeaders.get("x-echo")).toBe(secret);
  });

  test("shows name, message and the safe facts with JSON.stringify()", async () => {
    const error = await errorOf(429, { code: 10501, code_name: "busy" }, { "x-request-id": "req_1" });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      isOnePayError: true,
      name: "RateLimitError",
      message: error.message,
      operation: "createCustomer",
      idempotencyKey: error.idempotencyKey,
      attempts: 1,
      outcome: "rejected",
      retryable: true,
      status: 429,
      code: 10501,
      codeName: "busy",
      requestId: "req_1",
    });
  });

  test("shows no cause if there is none", async () => {
    const error = await errorOf(400);
    expect("cause" in error).toBe(false);
    expect(inspect(error)).not.toContain("cause");
  });
});

describe("error.cause", () => {
  const failWith = (cause: unknown, options = {}) =>
    rejectionOf<Error>(
      new OnePay({ apiKey, fetch: () => Promise.reject(cause), maxRetries: 0 }).customers.create(
        person,
        options,
      ),
    );

  test("is the error that the platform threw", async () => {
    const cause = new TypeError("fetch failed");
    expect((await failWith(cause)).cause).toBe(cause);
  });

  test("isn't enumerable, so a copy and JSON don't have it", async () => {
    const cause = Object.assign(new TypeError("fetch failed"), { address: "10.0.0.7" });
    const error = await failWith(cause);
    expect(error.cause).toBe(cause);
    expect({ ...error }).not.toHaveProperty("cause");
    expect(JSON.stringify(error)).not.toContain("10.0.0.7");
  });

  test("may contain the idempotency key, which isn't a secret", async () => {
    const cause = new TypeError("order:1 failed");
    expect((await failWith(cause, { idempotencyKey: "order:1" })).cause).toBe(cause);
  });
});

describe("toJSON() and fromJSON()", () => {
  const kinds = () =>
    errorsOfEachKind(client).then((errors) => Object.entries(errors) as [string, OnePayError][]);

  test("keep class, message and safe facts of each kind of error through JSON", async () => {
    for (const [name, error] of await kinds()) {
      const restored = OnePayError.fromJSON(JSON.parse(JSON.stringify(error)));
      expect(restored).toBeInstanceOf(exported[name] as typeof OnePayError);
      expect(restored.constructor).toBe(exported[name]);
      expect([restored.name, restored.message]).toEqual([error.name, error.message]);
      expect({ ...restored }).toEqual({ ...error });
      expect(restored.toJSON()).toEqual(error.toJSON());
    }
  });

  test("keep them through structuredClone(), as postMessage() and job queues use it", async () => {
    const error = await errorOf(503);
    const copy = structuredClone(error.toJSON());
    expect(isOnePayError(copy)).toBe(true);
    expect(OnePayError.fromJSON(copy)).toMatchObject({
      name: "ServerError",
      outcome: "unknown",
      idempotencyKey: error.idempotencyKey,
      status: 503,
    });
  });

  test("keep no body, no fields, no headers and no cause", async () => {
    const error = await errorOf(422, { errors: { email: "wrong" } }, { "x-echo": "a" });
    const restored = OnePayError.fromJSON(error.toJSON()) as ApiError;
    expect([restored.body, restored.fields, [...restored.responseHeaders]]).toEqual([undefined, {}, []]);
    expect(restored.cause).toBeUndefined();
  });

  test("restore a OnePayError if the class is unknown, as from a later version", () => {
    const restored = OnePayError.fromJSON({
      isOnePayError: true,
      name: "TeapotError",
      message: "customers.get: 418 Teapot.",
      operation: "getCustomer",
      attempts: 1,
      outcome: "rejected",
      retryable: false,
    });
    expect(restored.constructor).toBe(OnePayError);
    expect(restored).toMatchObject({ message: "customers.get: 418 Teapot.", operation: "getCustomer" });
  });

  test.each([undefined, null, "ServerError", {}, { name: "ServerError" }, new Error("x")])(
    "refuse %s with a TypeError",
    (value) => {
      expect(() => OnePayError.fromJSON(value)).toThrow(
        new TypeError("OnePayError.fromJSON: pass what error.toJSON() returned."),
      );
    },
  );
});

describe("properties of an error", () => {
  test("are writable, as web frameworks need it", async () => {
    const error = await errorOf(401);
    error.status = 502;
    expect(error.status).toBe(502);
    Object.assign(error, { status: 500, expose: false, statusCode: 500, headers: {} });
    expect(error).toMatchObject({ status: 500, expose: false, statusCode: 500 });
    Object.assign(error, { name: "PaymentError", message: "Try again later." });
    expect(String(error)).toBe("PaymentError: Try again later.");
    expect(Object.keys(error)).toContain("name");
  });

  test("are configurable and can be deleted", async () => {
    const error = await errorOf(401);
    Reflect.deleteProperty(error, "status");
    expect("status" in error).toBe(false);
  });

  test("have no name that frameworks read as response headers", async () => {
    const error = await errorOf(401, {}, { "set-cookie": "a=b" });
    expect("headers" in error).toBe(false);
    expect("statusCode" in error).toBe(false);
  });
});

describe("an error created by hand", () => {
  const names = Object.keys(exported).filter((name) => /^[A-Z]\w+Error$/.test(name));

  test("exists for each exported class, with the name under which it's exported", () => {
    expect(names).toHaveLength(16);
    for (const name of names) {
      const error = new (exported[name] as typeof OnePayError)();
      expect([error.name, Object.hasOwn(error, "name")]).toEqual([name, false]);
      expect(String(error)).toBe(`${name}: unknown: ${name}`);
      expect(inspect(error)).toMatch(new RegExp(`^${name}: `));
      expect(isOnePayError(error)).toBe(true);
      expect(error).toMatchObject({ operation: "unknown", attempts: 1, fields: {} });
    }
  });

  test("has the status, the outcome and the retryable of a real one", async () => {
    for (const status of [400, 401, 403, 404, 409, 422, 429, 500]) {
      const name = String(new Map(statusClasses).get(status));
      const real = await errorOf(status);
      const made = new (exported[name] as typeof ApiError)({ idempotencyKey: real.idempotencyKey });
      expect({ ...made }).toEqual({ ...real, operation: "unknown" });
    }
    expect(new ConnectionError()).toMatchObject({ outcome: "unknown", retryable: true });
    expect(new TimeoutError()).toMatchObject({ outcome: "unknown", retryable: true });
  });

  test("has the facts, the body and the headers that it was created with", () => {
    const error = new NotFoundError({
      message: "no",
      operation: "getCustomer",
      status: 404,
      body: { a: 1 },
      fields: { id: ["no"] },
      responseHeaders: new Headers({ "x-a": "1" }),
      cause: "why",
    });
    expect(error).toMatchObject({ message: "no", operation: "getCustomer", body: { a: 1 }, cause: "why" });
    expect(error.fields).toEqual({ id: ["no"] });
    expect(error.responseHeaders.get("x-a")).toBe("1");
  });

  test("has empty headers if it's of a class with a response, and none otherwise", () => {
    expect([...new ServerError().responseHeaders]).toEqual([]);
    expect(new ConnectionError().responseHeaders).toBeUndefined();
  });
});

test("TimeoutError is a ConnectionError, so one check finds both", () => {
  expect(new TimeoutError()).toBeInstanceOf(ConnectionError);
});

/** One error of each kind, created by a copy of the client. */
async function errorsOfEachKind(copy: Pick<typeof client, "OnePay">) {
  const call = (fetch: () => Promise<Response>, options = {}) =>
    rejectionOf(new copy.OnePay({ apiKey, fetch, maxRetries: 0 }).customers.get("cus_1", options));
  const redirect = { status: 302, headers: { location: "/" } };
  return {
    BadRequestError: await call(async () => new Response("{}", { status: 400 })),
    ApiError: await call(async () => new Response("{}", { status: 418 })),
    ConnectionError: await call(() => Promise.reject(new TypeError("fetch failed"))),
    TimeoutError: await call(() => new Promise(() => {}), { timeout: 20 }),
    AbortError: await call(vi.fn(), { signal: AbortSignal.abort() }),
    InvalidResponseError: await call(async () => new Response("<html>")),
    RedirectError: await call(async () => new Response(null, redirect)),
  };
}

describe("isOnePayError()", () => {
  const nameOf = (error: unknown) => (isOnePayError(error) ? error.name : undefined);

  test("recognizes each kind of error, and each has another name", async () => {
    for (const [name, error] of Object.entries(await errorsOfEachKind(client)))
      expect(nameOf(error)).toBe(name);
  });

  test("recognizes the JSON form", async () => {
    expect(isOnePayError(JSON.parse(JSON.stringify(await errorOf(400))))).toBe(true);
  });

  test("recognizes errors of another copy of the package, which has other classes", async () => {
    vi.resetModules();
    const copy = await import("../../src/index.js");
    expect(copy.OnePayError).not.toBe(OnePayError);
    for (const [name, error] of Object.entries(await errorsOfEachKind(copy))) {
      expect(error).not.toBeInstanceOf(OnePayError);
      expect(nameOf(error)).toBe(name);
    }
  });

  test("recognizes errors of another realm and of a minified copy", async () => {
    const { outputFiles } = await build({
      entryPoints: ["src/index.ts"],
      bundle: true,
      minify: true,
      write: false,
      format: "iife",
      globalName: "client",
    });
    const realm = createContext({
      ...{ AbortController, crypto, EventTarget, Headers, Map, performance, Request, Response, SyntaxError },
      ...{ clearTimeout, ReadableStream, setTimeout, TextDecoder, TextEncoder, TypeError, URL },
      ...{ URLSearchParams, WeakMap },
    });
    new Script(`${outputFiles[0]?.text}; globalThis.OnePay = client.OnePay;`).runInContext(realm);
    const copy = realm as unknown as typeof client;
    const names: unknown[] = [];
    const onEvent = (event: OnePayEvent) => {
      if ("reason" in event) names.push(event.reason);
      if ("error" in event) names.push(event.error);
    };
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    vi.spyOn(Math, "random").mockReturnValueOnce(0);
    await rejectionOf(new copy.OnePay({ apiKey, fetch, maxRetries: 1, onEvent }).customers.get("cus_1"));
    expect(names).toEqual(["ConnectionError", "ConnectionError"]);
    for (const [name, error] of Object.entries(await errorsOfEachKind(copy))) {
      expect(error instanceof Error).toBe(false);
      expect(nameOf(error)).toBe(name);
    }
  });

  test.each([
    undefined,
    null,
    0,
    "ApiError",
    {},
    { name: "ApiError", status: 404 },
    { isOnePayError: "yes" },
    new Error("x"),
    new TypeError("x"),
  ])("doesn't recognize %s", (value) => {
    expect(isOnePayError(value)).toBe(false);
  });
});
