import { inspect } from "node:util";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { describe, expect, test, vi } from "vitest";
import * as client from "../../src/index.js";
import { ApiError, isOnePayError, OnePay, OnePayError, ResponseError } from "../../src/index.js";
import type { OnePayEvent } from "../../src/types.js";
import {
  apiKey,
  errorStatuses,
  fetchWith,
  never,
  person,
  rejectionOf,
  type Step,
  serverErrors,
} from "./server.js";

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
    for (const Base of [ApiError, ResponseError, OnePayError, Error]) expect(error).toBeInstanceOf(Base);
    expect(error).toMatchObject({ name, status });
    expect(String(error)).toMatch(new RegExp(`^${name}: customers\\.create: ${status} `));
  });

  test("has the facts of the call and of the response, also in JSON", async () => {
    const body = { code: 10501, code_name: "too_many" };
    const headers = { "x-request-id": "req_1", "retry-after": "7" };
    const error = await errorOf(429, body, headers);
    const facts = {
      operation: "createCustomer",
      idempotencyKey: expect.stringMatching(/^[\da-f-]{36}$/),
      attempts: 1,
      outcome: "rejected",
      retryable: true,
      status: 429,
      code: 10501,
      codeName: "too_many",
      requestId: "req_1",
      retryAfter: 7_000,
    };
    expect({ ...error }).toEqual(facts);
    expect(error.responseHeaders.get("retry-after")).toBe("7");
    const { message } = error;
    const json = { isOnePayError: true, name: "RateLimitError", message, ...facts };
    expect(JSON.parse(JSON.stringify(error))).toEqual(json);
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
  test("is true for the statuses that pass without a change: 408, 409, 421, 425, 429 and each 5xx", async () => {
    const found: number[] = [];
    for (const status of errorStatuses) if ((await errorOf(status)).retryable) found.push(status);
    expect(found).toEqual([408, 409, 421, 425, 429, ...serverErrors]);
  });

  test("is false for a 409 without an idempotency key: it's a conflict with what exists", async () => {
    const call = new OnePay({ apiKey, fetch: fetchWith(409) }).customers.get("cus_1");
    expect(await rejectionOf(call)).toMatchObject({ retryable: false });
  });

  test("is true for a failed connection, a timeout and an abort, and false for other kinds of errors", async () => {
    const errors = Object.entries(await errorsOfEachKind(client));
    expect(errors.filter(([, { retryable }]) => retryable).map(([name]) => name)).toEqual([
      "ConnectionError",
      "TimeoutError",
      "AbortError",
    ]);
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
  test.each(forged)("isn't error.codeName, nor in the message as a code or a field: %s", async (_, name) => {
    const { codeName, message } = await errorOf(400, { code_name: name });
    expect(codeName).toBeUndefined();
    expect(message).toBe("customers.create: 400 Bad request. Check the arguments of the call.");
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
  const list = (...errors: unknown[]) => ({ errors });
  const nested = (depth: number) => `{"errors":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  const wrong = { description: "wrong" };

  test.each<[string, unknown, object]>([
    [
      "a list under errors",
      list({ key: "email", ...wrong }, { key: "email", description: "taken" }),
      { email: ["wrong", "taken"] },
    ],
    ["a list under erros, as in OnePay's sample", { erros: [{ key: "a", ...wrong }] }, { a: ["wrong"] }],
    ["both spellings", { errors: { a: "1" }, erros: { b: "2" } }, { a: ["1"] }],
    ["a map to lists", { errors: { a: ["1", "2"], b: ["3"] } }, { a: ["1", "2"], b: ["3"] }],
    ["a map to strings", { errors: { email: "wrong" } }, { email: ["wrong"] }],
    ["strings without a field", list("wrong", "bad"), { "": ["wrong", "bad"] }],
    ["one string", { errors: "wrong" }, { "": ["wrong"] }],
    ["items without a key", list(wrong), { "": ["wrong"] }],
    ["items with the key null", list({ key: null, ...wrong }), { "": ["wrong"] }],
    ["items with an object as the key", list({ key: { toString: 1 }, ...wrong }), { "": ["wrong"] }],
    ["a field named __proto__", '{"errors":{"__proto__":["x"]}}', JSON.parse('{"__proto__":["x"]}')],
    [
      "__proto__ next to it",
      '{"errors":{"__proto__":["x"]},"__proto__":{"polluted":1}}',
      JSON.parse('{"__proto__":["x"]}'),
    ],
    ["a field named constructor", list({ key: "constructor", ...wrong }), { constructor: ["wrong"] }],
    [
      "strings among other values",
      { errors: { email: ["wrong", 5, null, { a: "b" }], phone: { min: 7 } } },
      { email: ["wrong"], phone: [] },
    ],
    ["wrong types", { message: {}, code: {}, code_name: 1, ...list(null, [[]], 1) }, { "": [] }],
    ["no errors", { message: "no" }, {}],
    ["errors: null", { errors: null }, {}],
    ["errors: 3", { errors: 3 }, {}],
    ["a body nested 1,000 levels deep", nested(1_000), { "": [] }],
    ["a body nested 30,000 levels deep", nested(30_000), { "": [] }],
    ["a body that isn't JSON", "<html>", {}],
    ["a body of bytes that aren't text", "\u0000\ufffd\ud800", {}],
    ["a body that is a list", "[null]", {}],
    ["a body that is a number", "42", {}],
    ["a body that is null", "null", {}],
  ])("has one shape for %s", async (_, body, fields) => {
    const error = await errorOf(422, body);
    expect(error).toMatchObject({ name: "UnprocessableEntityError", outcome: "rejected", attempts: 1 });
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

  test("shows no cause if there is none", async () => {
    const error = await errorOf(400);
    expect("cause" in error).toBe(false);
    expect(inspect(error)).not.toContain("cause");
  });
});

describe("error.cause", () => {
  test.each(["10.0.0.7", "the idempotency key order:1, which isn't a secret,"])(
    "is the error that the platform threw, not enumerable, with %s in it",
    async (detail) => {
      const cause = Object.assign(new TypeError("fetch failed"), { detail });
      const onepay = new OnePay({ apiKey, fetch: () => Promise.reject(cause), maxRetries: 0 });
      const error = await rejectionOf<Error>(onepay.customers.create(person, { idempotencyKey: "order:1" }));
      expect(error.cause).toBe(cause);
      expect({ ...error }).not.toHaveProperty("cause");
      expect(JSON.stringify(error)).not.toContain(detail);
    },
  );
});

describe("toJSON() and fromJSON()", () => {
  test("keep class, message and safe facts of each kind of error through JSON", async () => {
    for (const [name, error] of Object.entries(await errorsOfEachKind(client))) {
      const restored = OnePayError.fromJSON(JSON.parse(JSON.stringify(error)));
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

test("each exported class can be created without arguments, with the name under which it's exported", () => {
  const names = Object.keys(exported).filter((name) => /^[A-Z]\w+Error$/.test(name));
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

/** One error of each kind, created by a copy of the client. */
async function errorsOfEachKind(copy: Pick<typeof client, "OnePay">): Promise<Record<string, OnePayError>> {
  const call = (step: Step, options = {}) =>
    rejectionOf<OnePayError>(
      new copy.OnePay({ apiKey, fetch: fetchWith(step), maxRetries: 0 }).customers.get("cus_1", options),
    );
  return {
    BadRequestError: await call(400),
    ApiError: await call(418),
    ConnectionError: await call("ECONNRESET"),
    TimeoutError: await call(never, { timeout: 20 }),
    AbortError: await call(200, { signal: AbortSignal.abort() }),
    InvalidResponseError: await call(() => new Response("<html>")),
    RedirectError: await call(() => new Response(null, { status: 302, headers: { location: "/" } })),
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
