import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ConnectionError, OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import {
  apiKey,
  breakInBody,
  clientOf,
  closedUrl,
  customer,
  fetchError,
  type Handler,
  person,
  rejectionOf,
  reply,
  reset,
  serve,
  stall,
} from "./server.js";

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** A client whose attempts end as planned, without a network: a status, or an error code of the platform. */
const clientWith = (...plan: (number | string)[]): OnePay => {
  const fetch: Fetch = async () => {
    const next = plan.length > 1 ? plan.shift() : plan[0];
    if (typeof next === "string") throw fetchError(next);
    return Response.json(customer, { status: next ?? 200 });
  };
  return new OnePay({ apiKey, fetch });
};

const factsOf = async (promise: Promise<unknown>) => {
  const { name, outcome, attempts } = await rejectionOf<OnePayError>(promise);
  return { name, outcome, attempts };
};

const statuses = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The statuses from 400 to 599 after which the outcome of a call is unknown. */
async function unknownStatuses(call: (onepay: OnePay) => Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  for (const status of statuses(400, 599)) {
    const { outcome } = await factsOf(call(clientWith(status).withOptions({ maxRetries: 0 })));
    if (outcome === "unknown") found.push(status);
  }
  return found;
}

describe("outcome of a status", () => {
  test("of a POST is rejected for each 4xx except 408, 409 and 421", async () => {
    const unknown = await unknownStatuses(({ customers }) => customers.create(person));
    expect(unknown).toEqual([408, 409, 421, ...statuses(500, 599)]);
  });

  test("of a GET is rejected for each 4xx except 408, 409 and 421", async () => {
    const unknown = await unknownStatuses(({ customers }) => customers.get("cus_1"));
    expect(unknown).toEqual([408, 409, 421, ...statuses(500, 599)]);
  });

  test("of a DELETE is always unknown, since platforms resend a DELETE on their own", async () => {
    const unknown = await unknownStatuses(({ customers }) => customers.delete("cus_1"));
    expect(unknown).toEqual(statuses(400, 599));
  });

  test.each(["PUT", "DELETE"] as const)("of a raw %s is always unknown", async (method) => {
    const unknown = await unknownStatuses((onepay) => onepay.request({ method, path: "/webhooks" }));
    expect(unknown).toEqual(statuses(400, 599));
  });

  test.each(["POST", "PATCH"] as const)("of a raw %s is rejected for a 422", async (method) => {
    const call = clientWith(422).request({ method, path: "/payments", body: { amount: 1 } });
    expect(await factsOf(call)).toMatchObject({ outcome: "rejected" });
  });

  test("is rejected if the body of a 422 breaks off", async () => {
    const cut: Handler = ({ response, socket }) => {
      response.writeHead(422, { "content-type": "application/json", "content-length": "900" });
      response.write('{"message":"The ');
      setTimeout(() => socket.resetAndDestroy(), 20);
    };
    const server = await serve(cut);
    const error = await rejectionOf(clientOf(server).customers.create(person));
    expect(error).toMatchObject({
      name: "UnprocessableEntityError",
      outcome: "rejected",
      body: '{"message":"The ',
    });
  });
});

describe("a 409 for an idempotency key that is in progress", () => {
  test("is unknown, since the first request may still succeed", async () => {
    const payments: string[] = [];
    const keys = new Set<string>();
    const controller = new AbortController();
    const server = await serve(({ response, request }) => {
      const key = String(request.headers["x-idempotency"]);
      if (keys.has(key)) return reply(409, { message: "in progress" })({ response } as never);
      keys.add(key);
      // The first process crashes, and the server continues.
      controller.abort();
      setTimeout(() => {
        payments.push(key);
        reply(201, { id: "tra_1" })({ response } as never);
      }, 1_000);
    });
    const topUp = (signal?: AbortSignal) =>
      clientOf(server).customers.topUp(
        "cus_1",
        { amount: 5_000, concept: "Recarga" },
        { idempotencyKey: "order:1", signal },
      );
    await rejectionOf(topUp(controller.signal));
    expect(await factsOf(topUp())).toEqual({ name: "ConflictError", outcome: "unknown", attempts: 1 });
    await vi.waitFor(() => expect(payments).toEqual(["order:1"]), 10_000);
  });
});

describe("a 421", () => {
  test("to a POST isn't repeated by the platform's fetch", async () => {
    const server = await serve(reply(421, {}), reply(404, {}));
    const error = await factsOf(clientOf(server).customers.create(person));
    expect(error).toEqual({ name: "ApiError", outcome: "unknown", attempts: 1 });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body).toBe(JSON.stringify(person));
  });

  test("to a one-time password isn't repeated by the platform's fetch", async () => {
    const server = await serve(reply(421, {}), reply(401, {}));
    const verify = clientOf(server).customerSessions.verify({ phone: person.phone, otp: "123456" });
    expect(await factsOf(verify)).toEqual({ name: "ApiError", outcome: "unknown", attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });
});

describe("outcome of a failed connection", () => {
  test("is rejected if the connection is refused, since nothing was sent", async () => {
    const error = await rejectionOf<ConnectionError>(
      clientOf({ url: await closedUrl() }).customers.create(person),
    );
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "rejected", attempts: 3 });
    expect(error.message).toBe(
      "customers.create: Connection failed (ECONNREFUSED). Check baseUrl and the network.",
    );
    expect(error.cause).toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  test.each([
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
  ])("is rejected for %s, which happens before the first byte is sent", async (code) => {
    expect(await factsOf(clientWith(code).customers.create(person))).toEqual({
      name: "ConnectionError",
      outcome: "rejected",
      attempts: 3,
    });
  });

  test("is unknown for a DELETE even if the connection is refused: an earlier send by the platform may have acted", async () => {
    expect(await factsOf(clientWith("ECONNREFUSED").customers.delete("cus_1"))).toMatchObject({
      outcome: "unknown",
    });
  });

  test.each([
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
  ])("is unknown for %s, which may happen after the request was sent", async (code) => {
    expect(await factsOf(clientWith(code).customers.create(person))).toEqual({
      name: "ConnectionError",
      outcome: "unknown",
      attempts: 3,
    });
  });

  test.each(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"])(
    "is an unknown TimeoutError for %s, a limit of Node.js",
    async (code) => {
      expect(await factsOf(clientWith(code).customers.create(person))).toEqual({
        name: "TimeoutError",
        outcome: "unknown",
        attempts: 3,
      });
    },
  );

  test.each([undefined, 111, null, { toString: () => "ECONNREFUSED" }])(
    "is unknown if the platform's code is %s",
    async (code) => {
      const fetch: Fetch = () => Promise.reject(fetchError(code));
      const error = await rejectionOf<ConnectionError>(
        new OnePay({ apiKey, fetch }).customers.create(person),
      );
      expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
      expect(error.cause).toBeInstanceOf(Error);
    },
  );

  test.each(["no route to Zoraida's host", "E", "ECONNREFUSED\nINFO paid"])(
    "is unknown and has no code in its message if the code isn't one word: %j",
    async (code) => {
      const fetch: Fetch = () => Promise.reject(fetchError(code));
      const onepay = new OnePay({ apiKey, fetch, maxRetries: 0 });
      const error = await rejectionOf<OnePayError>(onepay.customers.create(person));
      expect(error.message).toMatch(/^customers\.create: Connection failed\. The server may have acted/);
      expect(error.outcome).toBe("unknown");
    },
  );

  test.each([
    ["ERR_PROXY", "ECONNREFUSED", "rejected"],
    ["ECONNREFUSED", "ECONNRESET", "unknown"],
    ["ECONNREFUSED", "", "unknown"],
  ])("of an error with the code %s follows the code of its cause, %j: %s", async (code, by, outcome) => {
    const fetch: Fetch = () => Promise.reject(Object.assign(fetchError(by), { code }));
    expect(await rejectionOf(new OnePay({ apiKey, fetch }).customers.create(person))).toMatchObject({
      outcome,
      message: expect.stringContaining(by),
    });
  });

  test.each([null, undefined, "ECONNREFUSED", 0])("is unknown if fetch rejects with %s", async (reason) => {
    const fetch: Fetch = () => Promise.reject(reason);
    const call = new OnePay({ apiKey, fetch }).customers.create(person);
    expect(await factsOf(call)).toEqual({ name: "ConnectionError", outcome: "unknown", attempts: 3 });
  });

  test("is unknown if fetch throws instead of rejecting", async () => {
    const fetch: Fetch = () => {
      throw new Error("no");
    };
    const call = new OnePay({ apiKey, fetch }).customers.create(person);
    expect(await factsOf(call)).toEqual({ name: "ConnectionError", outcome: "unknown", attempts: 3 });
  });

  test("is unknown and the call rejects with a OnePayError if the error's code can't be read", async () => {
    const unreadable = {
      get code() {
        throw new Error("not now");
      },
    };
    const fetch: Fetch = () => Promise.reject(unreadable);
    const call = new OnePay({ apiKey, fetch }).customers.create(person, { idempotencyKey: "order:1" });
    expect(await rejectionOf(call)).toMatchObject({
      name: "ConnectionError",
      message: expect.stringMatching(/^customers\.create: Connection failed\./),
      idempotencyKey: "order:1",
      attempts: 3,
      outcome: "unknown",
    });
  });
});

describe("a value that fetch returns and that isn't a new Response", () => {
  const isNoResponse = /^customers\.create: fetch returned a value that isn't a Response\./;
  const used = async () => {
    const response = Response.json(customer);
    await response.text();
    return response;
  };
  test.each<[string, RegExp, () => Promise<unknown>]>([
    ["undefined", isNoResponse, async () => undefined],
    ["null", isNoResponse, async () => null],
    ["a mock without headers", isNoResponse, async () => ({ ok: true, status: 200, json: async () => ({}) })],
    ["a mock with plain headers", isNoResponse, async () => ({ ok: true, status: 200, headers: {} })],
    ["a mock without a status", isNoResponse, async () => ({ ok: true, headers: new Headers(), body: "{}" })],
    ["Response.error()", /fetch returned Response\.error\(\)/, async () => Response.error()],
    ["a Response that was read before", /was read before\. Return a new Response for each request\./, used],
  ])(
    "is an unknown ConnectionError that names the problem, and isn't retried: %s",
    async (_, message, fetch) => {
      const onepay = new OnePay({ apiKey, fetch: fetch as Fetch });
      const error = await rejectionOf<OnePayError>(onepay.customers.create(person));
      expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
      expect(error.message).toMatch(message);
      expect(error.message).not.toMatch(/baseUrl|redirect/);
    },
  );

  test("is an unknown ConnectionError if it throws when it's read", async () => {
    const unreadable = {
      get status() {
        throw new Error("not now");
      },
    };
    const onepay = new OnePay({ apiKey, fetch: async () => unreadable as unknown as Response });
    const error = await rejectionOf<OnePayError>(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
    expect(error.idempotencyKey).toBeTypeOf("string");
  });

  test("is named when a mock returns the same Response for a retry", async () => {
    const response = Response.json({ message: "no" }, { status: 503 });
    const error = await rejectionOf<OnePayError>(
      new OnePay({ apiKey, fetch: async () => response }).customers.get("cus_1"),
    );
    expect(error.message).toMatch(/was read before\. Return a new Response for each request\./);
  });
});

describe("a success that breaks off", () => {
  test("is unknown even if the code is ECONNREFUSED", async () => {
    const pull = (stream: ReadableStreamDefaultController) => stream.error(fetchError("ECONNREFUSED"));
    const fetch: Fetch = async () => new Response(new ReadableStream({ pull }), { status: 201 });
    const call = new OnePay({ apiKey, fetch, maxRetries: 0 }).customers.create(person);
    expect(await factsOf(call)).toEqual({ name: "InvalidResponseError", outcome: "unknown", attempts: 1 });
  });

  test.each([undefined, null, 0, "", false])("is unknown if its stream fails with %j", async (reason) => {
    const body = () => {
      let pulls = 0;
      return new ReadableStream({
        pull: (controller) =>
          pulls++ === 0 ? controller.enqueue(new TextEncoder().encode("123")) : controller.error(reason),
      });
    };
    const fetch: Fetch = async () => new Response(body());
    const call = new OnePay({ apiKey, fetch, maxRetries: 0 }).customers.create(person);
    expect(await factsOf(call)).toEqual({ name: "InvalidResponseError", outcome: "unknown", attempts: 1 });
  });
});

describe("outcome of several attempts", () => {
  const names = {
    unprocessable: "UnprocessableEntityError",
    conflict: "ConflictError",
    unauthorized: "UnauthorizedError",
    rateLimit: "RateLimitError",
    badRequest: "BadRequestError",
    notFound: "NotFoundError",
    invalid: "InvalidResponseError",
    redirect: "RedirectError",
  };
  test.each<[string, Handler[], object]>([
    ["503, 422", [reply(503), reply(422)], { name: names.unprocessable, outcome: "unknown", attempts: 2 }],
    ["503, 409", [reply(503), reply(409)], { name: names.conflict, outcome: "unknown", attempts: 2 }],
    ["reset, 401", [reset, reply(401)], { name: names.unauthorized, outcome: "unknown", attempts: 2 }],
    ["408, 429, 429", [reply(408), reply(429)], { name: names.rateLimit, outcome: "unknown", attempts: 3 }],
    ["timeout, 400", [stall, reply(400)], { name: names.badRequest, outcome: "unknown", attempts: 2 }],
    ["cut body, 404", [breakInBody, reply(404)], { name: names.notFound, outcome: "unknown", attempts: 2 }],
    ["429, 422", [reply(429), reply(422)], { name: names.unprocessable, outcome: "rejected", attempts: 2 }],
    ["429, 429, 429", [reply(429)], { name: names.rateLimit, outcome: "rejected", attempts: 3 }],
    ["429, HTML", [reply(429), reply(200, "<p>")], { name: names.invalid, outcome: "unknown", attempts: 2 }],
    [
      "429, redirect",
      [reply(429), reply(302, undefined, { location: "/" })],
      { name: names.redirect, outcome: "unknown", attempts: 2 },
    ],
  ])("stays unknown once an attempt may have acted: %s", async (_, handlers, expected) => {
    const server = await serve(...handlers);
    expect(await factsOf(clientOf(server, { timeout: 1_500 }).customers.create(person))).toEqual(expected);
  });

  test("is unknown after a 503 even if the last connection is refused", async () => {
    expect(await factsOf(clientWith(503, "ECONNREFUSED").customers.create(person))).toMatchObject({
      outcome: "unknown",
    });
  });

  test("is rejected if each attempt was refused or rate limited", async () => {
    expect(await factsOf(clientWith("ECONNREFUSED", 429, "ENOTFOUND").customers.create(person))).toEqual({
      name: "ConnectionError",
      outcome: "rejected",
      attempts: 3,
    });
  });

  test("doesn't matter after a later success", async () => {
    const server = await serve(reset, reply(503), reply(201, customer));
    const { data, attempts } = await clientOf(server).customers.create(person).withResponse();
    expect({ data, attempts }).toEqual({ data: customer, attempts: 3 });
  });
});

describe("error.idempotencyKey", () => {
  const failures: [string, Handler][] = [
    ["an ApiError", reply(422)],
    ["a ServerError", reply(500)],
    ["a ConnectionError", reset],
    ["a TimeoutError", stall],
    ["an InvalidResponseError", reply(200, "{")],
    ["a RedirectError", reply(307, undefined, { location: "/" })],
  ];
  test.each(failures)("of %s is the key that was sent", async (_, handler) => {
    const server = await serve(handler);
    const onepay = clientOf(server, { timeout: 1_000 });
    const error = await rejectionOf<OnePayError>(onepay.customers.create(person));
    expect(error.idempotencyKey).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(server.requests.map(({ headers }) => headers["x-idempotency"]))).toEqual(
      new Set([error.idempotencyKey]),
    );
  });

  test("is the caller's key if the call failed before the first attempt", async () => {
    const signal = AbortSignal.abort();
    const call = clientWith(200).customers.create(person, { signal, idempotencyKey: "order:7" });
    expect(await rejectionOf(call)).toMatchObject({
      idempotencyKey: "order:7",
      attempts: 0,
      outcome: "rejected",
      operation: "createCustomer",
    });
  });

  test("is in the advice of the message only if the outcome is unknown", async () => {
    const messageOf = async (...plan: number[]) =>
      (await rejectionOf<Error>(clientWith(...plan).customers.create(person))).message;
    expect(await messageOf(503)).toContain("retry with the same idempotency key (error.idempotencyKey)");
    expect(await messageOf(422)).not.toContain("idempotencyKey");
  });

  test("is undefined for a read, and its message has no advice about it", async () => {
    const error = await rejectionOf<OnePayError>(clientWith(503).customers.get("cus_1"));
    expect([error.idempotencyKey, error.outcome]).toEqual([undefined, "unknown"]);
    expect(error.message).toBe("customers.get: 503 Server error.");
  });

  test("is undefined for a one-time password, and its message advises to check first", async () => {
    const call = clientWith(503).customerSessions.verify({ phone: person.phone, otp: "123456" });
    const error = await rejectionOf<OnePayError>(call);
    expect([error.idempotencyKey, error.outcome, error.attempts]).toEqual([undefined, "unknown", 1]);
    expect(error.message).toBe(
      "customerSessions.verify: 503 Server error. The server may have acted: check before you send it again.",
    );
  });
});

describe("data of a success", () => {
  test.each([
    ["null", null],
    ["0", 0],
    ["false", false],
    ['""', ""],
    ["{}", {}],
    ["[]", []],
  ])("is returned unchanged even if it isn't truthy: %s", async (text, value) => {
    const server = await serve(reply(200, text));
    expect(await clientOf(server).customers.get("cus_1")).toEqual(value);
  });

  test("is read to its end if it's longer than the limit of an error body", async () => {
    const long = { ...customer, notes: "x".repeat(300_000) };
    const server = await serve(reply(200, long));
    expect(await clientOf(server).customers.get("cus_1")).toEqual(long);
  });

  test("is the same if the network splits it in the middle of a character", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ name: "Ñandú 😀" }));
    const fetch: Fetch = async () => {
      const start = (stream: ReadableStreamDefaultController) => {
        for (const byte of bytes) stream.enqueue(Uint8Array.of(byte));
        stream.close();
      };
      return new Response(new ReadableStream({ start }));
    };
    expect(await new OnePay({ apiKey, fetch }).customers.get("cus_1")).toEqual({ name: "Ñandú 😀" });
  });

  test("keeps fields and enum values that the document doesn't have", async () => {
    const strange = { ...customer, user_type: "robot", status: "on_the_moon", next: { deeper: [1, null] } };
    const server = await serve(reply(299, strange));
    expect(await clientOf(server).customers.get("cus_1")).toEqual(strange);
  });
});

describe("a malicious error body", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  test.each([
    ["nested 1,000 levels deep", `{"errors":${nested(1_000)}}`],
    ["nested 8,000 levels deep", `{"errors":${nested(8_000)}}`],
    ["nested 30,000 levels deep", `{"errors":${nested(30_000)}}`],
    ["with a field called __proto__", '{"errors":{"__proto__":["x"]},"__proto__":{"status":1}}'],
    ["null", "null"],
    ["a number", "42"],
    ["a list", "[null]"],
    ["wrong types", '{"message":{},"error":[],"code":{},"code_name":1,"errors":[null,[[]],1]}'],
    ["bytes that aren't text", "\u0000\ufffd\ud800"],
  ])("is an UnprocessableEntityError like any other 422: %s", async (_, body) => {
    const server = await serve(reply(422, body));
    expect(await factsOf(clientOf(server).customers.create(person))).toEqual({
      name: "UnprocessableEntityError",
      outcome: "rejected",
      attempts: 1,
    });
    expect(({} as { status?: number }).status).toBeUndefined();
  });
});
