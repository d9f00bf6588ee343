import { describe, expect, test } from "vitest";
import { type ConnectionError, OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import {
  apiKey,
  brokenResponse,
  clientOf,
  closedUrl,
  customer,
  errorStatuses,
  fetchError,
  fetchWith,
  never,
  person,
  rejectionOf,
  reply,
  retryImmediately,
  type Step,
  serve,
  serverErrors,
} from "./server.js";

retryImmediately();

const clientWith = (...steps: Step[]): OnePay => new OnePay({ apiKey, fetch: fetchWith(...steps) });

type Call = (onepay: OnePay) => Promise<unknown>;
const create: Call = ({ customers }) => customers.create(person);
const verify: Call = ({ customerSessions }) =>
  customerSessions.verify({ phone: person.phone, otp: "123456" });

const factsOf = async (promise: Promise<unknown>) => {
  const { name, outcome, attempts } = await rejectionOf<OnePayError>(promise);
  return { name, outcome, attempts };
};

describe("outcome of a status", () => {
  const ambiguous = [408, 409, 421, ...serverErrors];
  const raw =
    (method: "POST" | "PATCH" | "PUT" | "DELETE", body?: object): Call =>
    (onepay) =>
      onepay.request({ method, path: "/webhooks", ...(body && { body }) });

  test.each<[string, number[], Call]>([
    ["a POST is rejected for each 4xx except 408, 409 and 421", ambiguous, create],
    [
      "a GET is rejected for each 4xx except 408, 409 and 421",
      ambiguous,
      ({ customers }) => customers.get("cus_1"),
    ],
    ["a raw POST is rejected for each 4xx except 408, 409 and 421", ambiguous, raw("POST", { amount: 1 })],
    ["a raw PATCH is rejected for each 4xx except 408, 409 and 421", ambiguous, raw("PATCH", { amount: 1 })],
    // Platforms resend these on their own.
    ["a DELETE is always unknown", errorStatuses, ({ customers }) => customers.delete("cus_1")],
    ["a raw DELETE is always unknown", errorStatuses, raw("DELETE")],
    ["a raw PUT is always unknown", errorStatuses, raw("PUT")],
  ])("of %s", async (_, expected, call) => {
    const unknown: number[] = [];
    for (const status of errorStatuses) {
      const { outcome } = await factsOf(call(clientWith(status).withOptions({ maxRetries: 0 })));
      if (outcome === "unknown") unknown.push(status);
    }
    expect(unknown).toEqual(expected);
  });

  test("409 for an idempotency key that is in progress is unknown, since the first request may still succeed", async () => {
    const payments: string[] = [];
    const keys = new Set<string>();
    const controller = new AbortController();
    let finishFirst = () => {};
    const server = await serve((exchange) => {
      const key = String(exchange.request.headers["x-idempotency"]);
      if (keys.has(key)) return reply(409, { message: "in progress" })(exchange);
      keys.add(key);
      finishFirst = () => void payments.push(key);
      // The first process crashes, and the server continues.
      controller.abort();
    });
    const topUp = (signal?: AbortSignal) =>
      clientOf(server).customers.topUp("cus_1", { amount: 5_000 }, { idempotencyKey: "order:1", signal });
    await rejectionOf(topUp(controller.signal));
    expect(await factsOf(topUp())).toEqual({ name: "ConflictError", outcome: "unknown", attempts: 1 });
    finishFirst();
    expect(payments).toEqual(["order:1"]);
  });

  test.each([
    ["a POST", create],
    ["a one-time password", verify],
  ])("421 to %s is unknown, and the platform's fetch doesn't repeat the request", async (_, call) => {
    const server = await serve(reply(421, {}), reply(404, {}));
    expect(await factsOf(call(clientOf(server)))).toEqual({
      name: "ApiError",
      outcome: "unknown",
      attempts: 1,
    });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body).toMatch(/^\{.+\}$/);
  });
});

describe("outcome of a failed connection", () => {
  test("is rejected if the connection is refused, since nothing was sent", async () => {
    const error = await rejectionOf<ConnectionError>(create(clientOf({ url: await closedUrl() })));
    expect(error).toMatchObject({
      name: "ConnectionError",
      outcome: "rejected",
      attempts: 3,
      message: "customers.create: Connection failed (ECONNREFUSED). Check baseUrl and the network.",
      cause: { cause: { code: "ECONNREFUSED" } },
    });
  });

  const beforeTheFirstByte = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EAI_FAIL",
    "EAI_NODATA",
    "EAI_NONAME",
    "EMFILE",
    "ENFILE",
    "EADDRNOTAVAIL",
    "UND_ERR_CONNECT_TIMEOUT",
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "ConnectionRefused", // Bun
  ];
  const maybeLater = [
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ENETDOWN",
    "ECONNABORTED",
    "UND_ERR_SOCKET",
    "HPE_INVALID_CONSTANT",
    "NOT_ECONNREFUSED",
    "ECONNREFUSED_NOT",
    "UNABLE_NOT_TO",
    // The server refuses the client's certificate: with TLS 1.3, that may come after the request.
    "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
  ];
  // Limits of Node.js.
  const platformTimeouts = ["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"];
  const rows = (codes: string[], name: string, outcome: string) =>
    codes.map((code) => [code, name, outcome] as const);
  test.each([
    ...rows(beforeTheFirstByte, "ConnectionError", "rejected"),
    ...rows(maybeLater, "ConnectionError", "unknown"),
    ...rows(platformTimeouts, "TimeoutError", "unknown"),
  ])("with the code %s: %s, %s", async (code, name, outcome) => {
    expect(await factsOf(create(clientWith(code)))).toEqual({ name, outcome, attempts: 3 });
  });

  test("is unknown for a DELETE even if the connection is refused: an earlier send by the platform may have acted", async () => {
    const call = clientWith("ECONNREFUSED").customers.delete("cus_1");
    expect(await factsOf(call)).toMatchObject({ outcome: "unknown" });
  });

  const reject = (reason: unknown) => () => Promise.reject(reason);
  const unreadable = {
    get code() {
      throw new Error("not now");
    },
  };
  test.each<[string, Fetch]>([
    ["the error's code is undefined", reject(fetchError(undefined))],
    ["the error's code is a number", reject(fetchError(111))],
    ["the error's code is null", reject(fetchError(null))],
    ["the error's code is an object", reject(fetchError({ toString: () => "ECONNREFUSED" }))],
    ["the error's code has spaces", reject(fetchError("no route to Zoraida's host"))],
    ["the error's code is one letter", reject(fetchError("E"))],
    ["the error's code has a line break", reject(fetchError("ECONNREFUSED\nINFO paid"))],
    ["the error's code can't be read", reject(unreadable)],
    ["fetch rejects with null", reject(null)],
    ["fetch rejects with undefined", reject(undefined)],
    ["fetch rejects with a string", reject("ECONNREFUSED")],
    ["fetch rejects with 0", reject(0)],
    [
      "fetch throws instead of rejecting",
      () => {
        throw new Error("no");
      },
    ],
  ])("is unknown, and the message has no code, if %s", async (_, fetch) => {
    const call = new OnePay({ apiKey, fetch }).customers.create(person, { idempotencyKey: "order:1" });
    expect(await rejectionOf(call)).toMatchObject({
      name: "ConnectionError",
      message: expect.stringMatching(/^customers\.create: Connection failed\. The server may have acted/),
      idempotencyKey: "order:1",
      outcome: "unknown",
      attempts: 3,
    });
  });

  test.each([
    ["ERR_PROXY", "ECONNREFUSED", "rejected"],
    ["ECONNREFUSED", "ECONNRESET", "unknown"],
    ["ECONNREFUSED", "", "unknown"],
  ])("of an error with the code %s follows the code of its cause, %j: %s", async (code, by, outcome) => {
    const fetch: Fetch = reject(Object.assign(fetchError(by), { code }));
    const message = expect.stringContaining(by);
    expect(await rejectionOf(create(new OnePay({ apiKey, fetch })))).toMatchObject({ outcome, message });
  });
});

describe("a value that fetch returns and that isn't a new Response", () => {
  const noResponse = /^customers\.create: fetch returned a value that isn't a Response\./;
  const wasRead = /was read before\. Return a new Response for each request\./;
  const readResponse = async () => {
    const response = Response.json(customer);
    await response.text();
    return response;
  };
  test.each<[string, RegExp, () => unknown]>([
    ["undefined", noResponse, () => undefined],
    ["null", noResponse, () => null],
    ["a mock without headers", noResponse, () => ({ ok: true, status: 200, json: async () => ({}) })],
    ["a mock with plain headers", noResponse, () => ({ ok: true, status: 200, headers: {} })],
    ["a mock without a status", noResponse, () => ({ ok: true, headers: new Headers(), body: "{}" })],
    ["Response.error()", /fetch returned Response\.error\(\)/, () => Response.error()],
    ["a Response that was read before", wasRead, readResponse],
  ])(
    "is an unknown ConnectionError that names the problem, and isn't retried: %s",
    async (_, message, step) => {
      const error = await rejectionOf<OnePayError>(create(clientWith(step)));
      expect(error).toMatchObject({
        name: "ConnectionError",
        outcome: "unknown",
        retryable: false,
        attempts: 1,
      });
      expect(error.message).toMatch(message);
      expect(error.message).not.toMatch(/baseUrl|redirect/);
    },
  );

  test("is an unknown ConnectionError with an idempotency key if it throws when it's read", async () => {
    const unreadable = {
      get status() {
        throw new Error("not now");
      },
    };
    expect(await rejectionOf(create(clientWith(() => unreadable)))).toMatchObject({
      name: "ConnectionError",
      outcome: "unknown",
      idempotencyKey: expect.any(String),
    });
  });

  test("is named when a mock returns the same Response for a retry", async () => {
    const response = Response.json({ message: "no" }, { status: 503 });
    const error = await rejectionOf<OnePayError>(create(clientWith(() => response)));
    expect(error.message).toMatch(wasRead);
  });
});

test.each([fetchError("ECONNREFUSED"), undefined, null, 0, "", false])(
  "outcome of a success that breaks off is unknown if its stream fails with %s",
  async (reason) => {
    const onepay = clientWith(() => brokenResponse(reason, "123", { status: 201 })).withOptions({
      maxRetries: 0,
    });
    const expected = { name: "InvalidResponseError", outcome: "unknown", attempts: 1 };
    expect(await factsOf(create(onepay))).toEqual(expected);
  },
);

describe("outcome of several attempts", () => {
  const html = () => new Response("<p>");
  const redirect = () => new Response(null, { status: 302, headers: { location: "/" } });
  const cutBody = () => brokenResponse(new TypeError("terminated"), '{"id":');
  test.each<[string, Step[], string, "unknown" | "rejected", number]>([
    ["503, 422", [503, 422], "UnprocessableEntityError", "unknown", 2],
    ["503, 409", [503, 409], "ConflictError", "unknown", 2],
    ["503, refused connection", [503, "ECONNREFUSED"], "ConnectionError", "unknown", 3],
    ["reset, 401", ["ECONNRESET", 401], "UnauthorizedError", "unknown", 2],
    ["408, 429, 429", [408, 429], "RateLimitError", "unknown", 3],
    ["timeout, 400", [never, 400], "BadRequestError", "unknown", 2],
    ["cut body, 404", [cutBody, 404], "NotFoundError", "unknown", 2],
    ["429, HTML", [429, html], "InvalidResponseError", "unknown", 2],
    ["429, redirect", [429, redirect], "RedirectError", "unknown", 2],
    ["429, 422", [429, 422], "UnprocessableEntityError", "rejected", 2],
    ["429, 429, 429", [429], "RateLimitError", "rejected", 3],
    ["refused, 429, unknown host", ["ECONNREFUSED", 429, "ENOTFOUND"], "ConnectionError", "rejected", 3],
  ])("stays unknown once an attempt may have acted: %s", async (_, steps, name, outcome, attempts) => {
    const onepay = clientWith(...steps).withOptions({ timeout: 100 });
    expect(await factsOf(create(onepay))).toEqual({ name, outcome, attempts });
  });
});

test.each<[string, Call, string, object]>([
  ["a read", ({ customers }) => customers.get("cus_1"), "customers.get: 503 Server error.", [3, false]],
  [
    "a write",
    create,
    "customers.create: 503 Server error. The server may have acted: retry with the same idempotency key (error.idempotencyKey).",
    [3, true],
  ],
  [
    "a one-time password",
    verify,
    "customerSessions.verify: 503 Server error. The server may have acted: check before you send it again.",
    [1, false],
  ],
])("the advice of a message depends on the idempotency key: a 503 to %s", async (_, call, message, facts) => {
  const error = await rejectionOf<OnePayError>(call(clientWith(503)));
  expect([error.message, error.outcome]).toEqual([message, "unknown"]);
  expect([error.attempts, error.idempotencyKey !== undefined]).toEqual(facts);
});
