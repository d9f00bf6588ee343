import { inspect } from "node:util";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { describe, expect, test, vi } from "vitest";
import * as client from "../../src/index.js";
import { ApiError, OnePay, OnePayError } from "../../src/index.js";
import type { OnePayEvent } from "../../src/types.js";
import { apiKey, faultOf, person } from "./server.js";

/** The error of a creation that is answered with this. */
const errorOf = async (status: number, body: unknown = {}, headers: Record<string, string> = {}) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const fetch = async () => new Response(text, { status, headers });
  return faultOf<ApiError>(new OnePay({ apiKey, fetch, maxRetries: 0 }).customers.create(person));
};

const exported: Record<string, unknown> = { ...client };

const classes: [status: number, name: string][] = [
  [400, "BadRequestError"],
  [401, "UnauthorizedError"],
  [402, "ApiError"],
  [403, "ForbiddenError"],
  [404, "NotFoundError"],
  [408, "ApiError"],
  [409, "ConflictError"],
  [419, "ApiError"],
  [422, "UnprocessableError"],
  [429, "RateLimitError"],
  [499, "ApiError"],
  [500, "ServerError"],
  [503, "ServerError"],
  [599, "ServerError"],
];

describe("an error status", () => {
  test.each(classes)("%d is a %s, and that is its name", async (status, name) => {
    const error = await errorOf(status);
    expect(error.constructor).toBe(exported[name]);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toBeInstanceOf(OnePayError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(error.status).toBe(status);
    expect(String(error)).toMatch(new RegExp(`^${name}: createCustomer: ${status}`));
  });

  test.each<[number, unknown, string]>([
    [400, {}, "createCustomer: 400."],
    [409, { code_name: "taken" }, "createCustomer: 409 taken."],
    [422, { errors: { email: "no", phone: "no" } }, "createCustomer: 422 email phone: check fields."],
    [422, { errors: ["no"] }, "createCustomer: 422: check fields."],
  ])("%d of %j has a message without gaps", async (status, body, message) => {
    expect((await errorOf(status, body)).message).toBe(message);
  });

  test.each([
    [403, "check the company, then the key"],
    [404, "check the id, then the key"],
    [401, "check codeName, then the key"],
    [422, "check fields"],
  ])("%d says where to look: %s", async (status, advice) => {
    expect((await errorOf(status)).message).toContain(advice);
  });

  test("tells operation, key, attempts, outcome, request id and wait", async () => {
    const fetch = async () =>
      new Response("{}", { status: 429, headers: { "x-request-id": "req_1", "retry-after": "7" } });
    const onepay = new OnePay({ apiKey, fetch, maxRetries: 0 });
    const error = await faultOf<ApiError>(onepay.customers.create(person, { idempotencyKey: "order:1" }));
    expect(error).toMatchObject({
      operation: "createCustomer",
      idempotencyKey: "order:1",
      attempts: 1,
      outcome: "rejected",
      status: 429,
      requestId: "req_1",
      retryAfter: 7_000,
    });
    expect(error.headers.get("retry-after")).toBe("7");
  });

  test("shows in a copy and in JSON all that it tells but its headers, its body, its fields and its cause", async () => {
    const body = { code: 10501, code_name: "insufficient_funds", errors: { amount: "too much" } };
    const error = await errorOf(429, body, { "x-request-id": "req_1", "retry-after": "7" });
    expect(JSON.parse(JSON.stringify({ ...error }))).toEqual({
      operation: "createCustomer",
      idempotencyKey: error.idempotencyKey,
      attempts: 1,
      outcome: "rejected",
      status: 429,
      requestId: "req_1",
      retryAfter: 7_000,
      code: 10501,
      codeName: "insufficient_funds",
    });
  });

  test("stays as it was made: nobody writes another outcome into it", async () => {
    const error = await errorOf(503);
    expect(() => Object.assign(error, { outcome: "rejected" })).toThrow(TypeError);
    expect(error.outcome).toBe("unknown");
  });

  test("of a read has no key, and where the server tells nothing, nothing is made up", async () => {
    const onepay = new OnePay({ apiKey, fetch: async () => new Response(null, { status: 404 }) });
    const error = await faultOf<ApiError>(onepay.customers.get("1"));
    expect(error).toMatchObject({ fields: {}, body: "" });
    expect(Object.keys(error)).toEqual(["operation", "attempts", "outcome", "status"]);
    const { idempotencyKey, code, codeName, requestId, retryAfter } = error;
    expect({ idempotencyKey, code, codeName, requestId, retryAfter }).toEqual({});
  });
});

test("every class has the name under which it is exported", () => {
  const details = {
    operation: "getCustomer",
    idempotencyKey: undefined,
    attempts: 1,
    outcome: "unknown",
  } as const;
  const names = Object.keys(exported).filter((name) => /^[A-Z]\w+Error$/.test(name));
  expect(names).toHaveLength(15);
  for (const name of names) {
    const Type = exported[name] as typeof OnePayError;
    const error = new Type("…", details);
    expect(error.name).toBe(name);
    expect(client.isOnePayError(error)).toBe(true);
  }
});

describe("OnePay's own words for an error", () => {
  test("are its number and its name, and a 401 carries the name in its message", async () => {
    const error = await errorOf(401, { message: "…", code: 10501, code_name: "insufficient_funds" });
    expect(error).toMatchObject({ code: 10501, codeName: "insufficient_funds" });
    expect(error.message).toContain("401 insufficient_funds: check codeName, then the key");
  });

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
    ["a map to texts", { errors: { email: "wrong" } }, { email: ["wrong"] }],
    ["texts without a field", { errors: ["wrong", "bad"] }, { "": ["wrong", "bad"] }],
    ["one text", { errors: "wrong" }, { "": ["wrong"] }],
    ["items without a key", { errors: [{ description: "wrong" }] }, { "": ["wrong"] }],
    ["items whose key is null", { errors: [{ key: null, description: "wrong" }] }, { "": ["wrong"] }],
    [
      "items whose key has no text",
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
      "texts among other things",
      { errors: { email: ["wrong", 5, null, { a: "b" }], phone: { min: 7 } } },
      { email: ["wrong"], phone: [] },
    ],
    ["no errors", { message: "no" }, {}],
    ["errors that are null", { errors: null }, {}],
    ["errors that are a number", { errors: 3 }, {}],
    ["a body that is no JSON", "<html>", {}],
    ["a body that is a list", "[1,2]", {}],
    ["a body that is null", "null", {}],
  ])("for the fields come in one shape out of %s", async (_, body, fields) => {
    const error = await errorOf(422, body);
    expect(Object.entries(error.fields)).toEqual(Object.entries(fields));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    for (const name of Object.keys(fields).filter(Boolean)) expect(error.message).toContain(name);
  });

  test.each([
    ["a code that is a text", { code: "10501" }],
    ["a code that is null", { code: null }],
    ["a name that is a number", { code_name: 5 }],
  ])("of another type, such as %s, are not taken for what they are not", async (_, body) => {
    const { code, codeName } = await errorOf(400, body);
    expect([code, codeName]).toEqual([undefined, undefined]);
  });

  test("of any length are read in no time", async () => {
    const many = { errors: Array.from({ length: 15_000 }, () => "a") };
    const start = performance.now();
    const error = await errorOf(422, many);
    expect(error.fields[""]).toHaveLength(15_000);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe("the body of an error", () => {
  test("is the parsed JSON, or the text that is none", async () => {
    expect((await errorOf(400, { a: [1] })).body).toEqual({ a: [1] });
    expect((await errorOf(400, "Bad <b>request</b>")).body).toBe("Bad <b>request</b>");
  });

  test("is in no print, no copy and no JSON, and neither are the fields and the headers", async () => {
    const told = "Zoraida Quintana";
    const body = { message: told, errors: { first_name: [told] }, code_name: "name_taken" };
    const error = await errorOf(422, body, { "x-echo": told });
    const prints = [
      inspect(error, { depth: null, showHidden: false }),
      JSON.stringify(error),
      JSON.stringify({ ...error }),
      String(error),
      error.stack,
      inspect({ nested: [error] }, { depth: null }),
    ];
    for (const print of prints) expect(print).not.toContain(told);
    expect(error.body).toEqual(body);
    expect(error.fields).toEqual({ first_name: [told] });
    expect(error.headers.get("x-echo")).toBe(told);
    expect(Object.keys(error)).not.toEqual(expect.arrayContaining(["body"]));
  });
});

describe("the cause of an error", () => {
  test("is what the platform threw, itself", async () => {
    const cause = new TypeError("fetch failed");
    const onepay = new OnePay({ apiKey, fetch: () => Promise.reject(cause), maxRetries: 0 });
    const error = await faultOf<Error>(onepay.customers.get("1"));
    expect(error.name).toBe("ConnectionError");
    expect(error.cause).toBe(cause);
  });

  test("is in no copy and no JSON of the error", async () => {
    const cause = Object.assign(new TypeError("fetch failed"), { address: "10.0.0.7" });
    const onepay = new OnePay({ apiKey, fetch: () => Promise.reject(cause), maxRetries: 0 });
    const error = await faultOf<Error>(onepay.customers.get("1"));
    expect(error.cause).toBe(cause);
    expect({ ...error }).not.toHaveProperty("cause");
    expect(JSON.stringify(error)).not.toContain("10.0.0.7");
  });

  test("is kept where it tells the idempotency key, which is no secret", async () => {
    const cause = new TypeError("order:1 failed");
    const onepay = new OnePay({ apiKey, fetch: () => Promise.reject(cause), maxRetries: 0 });
    const error = await faultOf<Error>(onepay.customers.create(person, { idempotencyKey: "order:1" }));
    expect(error.cause).toBe(cause);
  });

  test("is absent where there is none, also in prints", async () => {
    const error = await errorOf(400);
    expect("cause" in error && error.cause !== undefined).toBe(false);
    expect(inspect(error)).not.toContain("cause");
  });
});

describe("a guard", () => {
  const { isOnePayError, isApiError, isConnectionError, isTimeoutError, isAbortError } = client;
  const { isInvalidResponseError, isRedirectError } = client;
  const guards = {
    isOnePayError,
    isApiError,
    isConnectionError,
    isTimeoutError,
    isAbortError,
    isInvalidResponseError,
    isRedirectError,
  };
  /** The guards that say yes. */
  const said = (error: unknown) =>
    Object.entries(guards)
      .filter(([, guard]) => guard(error))
      .map(([name]) => name);

  /** One error of each kind, made by a copy of the client. */
  const errorsOf = async (copy: Pick<typeof client, "OnePay">) => {
    const call = (fetch: () => Promise<Response>, options = {}) =>
      faultOf(new copy.OnePay({ apiKey, fetch, maxRetries: 0, timeout: 20 }).customers.get("1", options));
    return {
      isApiError: await call(async () => new Response("{}", { status: 400 })),
      isConnectionError: await call(() => Promise.reject(new TypeError("fetch failed"))),
      isTimeoutError: await call(() => new Promise(() => {})),
      isAbortError: await call(vi.fn(), { signal: AbortSignal.abort() }),
      isInvalidResponseError: await call(async () => new Response("<html>")),
      isRedirectError: await call(async () => new Response(null, { status: 302 })),
    };
  };

  test("knows its own kind and no other", async () => {
    for (const [name, error] of Object.entries(await errorsOf(client))) {
      expect(said(error)).toEqual(["isOnePayError", name]);
    }
  });

  test("of an API error knows every error status, from 400 on", async () => {
    for (const [status] of classes)
      expect([status, said(await errorOf(status))]).toEqual([status, ["isOnePayError", "isApiError"]]);
  });

  test("knows the errors of another copy of the package, whose classes are others", async () => {
    vi.resetModules();
    const copy = await import("../../src/index.js");
    expect(copy.OnePayError).not.toBe(OnePayError);
    for (const [name, error] of Object.entries(await errorsOf(copy))) {
      expect(error).not.toBeInstanceOf(OnePayError);
      expect(said(error)).toEqual(["isOnePayError", name]);
    }
  });

  test("knows the errors of another realm, where even Error is another, and of a minified copy", async () => {
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
      ...{ clearTimeout, setTimeout, TextDecoder, TypeError, URL, WeakMap },
    });
    new Script(`${outputFiles[0]?.text}; globalThis.OnePay = client.OnePay;`).runInContext(realm);
    const copy = realm as unknown as typeof client;
    const told: unknown[] = [];
    const onEvent = (event: OnePayEvent) =>
      told.push("error" in event ? event.error : "reason" in event && event.reason);
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    vi.spyOn(Math, "random").mockReturnValueOnce(0);
    await faultOf(new copy.OnePay({ apiKey, fetch, maxRetries: 1, onEvent }).customers.get("1"));
    expect(told.filter(Boolean)).toEqual(["ConnectionError", "ConnectionError"]);
    for (const [name, error] of Object.entries(await errorsOf(copy))) {
      expect(error instanceof Error).toBe(false);
      expect(said(error)).toEqual(["isOnePayError", name]);
    }
  });

  test.each([
    undefined,
    null,
    0,
    "ApiError",
    {},
    { name: "ApiError", status: 404 },
    new Error("x"),
    new TypeError("x"),
  ])("takes %s for none of them", (value) => {
    expect(said(value)).toEqual([]);
  });
});

test("the root of the family has a name of its own, for whoever builds one in a test", () => {
  const error = new OnePayError("x", {
    operation: "createCustomer",
    idempotencyKey: undefined,
    attempts: 0,
    outcome: "rejected",
  });
  expect(error.name).toBe("OnePayError");
  expect(String(error)).toBe("OnePayError: x");
});
