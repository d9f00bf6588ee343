import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ConnectionError, OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import {
  apiKey,
  breakInBody,
  clientOf,
  customer,
  faultOf,
  person,
  reply,
  reset,
  type Step,
  serve,
  stall,
} from "./server.js";

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** The platform's error for a connection that failed, as Node's fetch makes it. */
const broken = (code: unknown) => Object.assign(new TypeError("fetch failed"), { cause: { code } });

/** What an attempt comes to without a network: a status, or a code of the platform. */
const planned = (...plan: (number | string)[]): OnePay => {
  const fetch: Fetch = async () => {
    const next = plan.length > 1 ? plan.shift() : plan[0];
    if (typeof next === "string") throw broken(next);
    return Response.json(customer, { status: next ?? 200 });
  };
  return new OnePay({ apiKey, fetch });
};

const told = async (promise: Promise<unknown>) => {
  const { name, outcome, attempts } = await faultOf<OnePayError>(promise);
  return { name, outcome, attempts };
};

describe("the outcome of one attempt", () => {
  test("is rejected for every 4xx but 408, and unknown for 408 and every 5xx", async () => {
    const unknown: number[] = [];
    for (let status = 400; status < 600; status += 1) {
      const { outcome } = await told(planned(status).customers.create(person, { maxRetries: 0 }));
      if (outcome === "unknown") unknown.push(status);
    }
    expect(unknown).toEqual([408, ...Array.from({ length: 100 }, (_, index) => 500 + index)]);
  });

  test("is rejected where the connection is refused, since nothing was sent", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const onepay = clientOf({ url: `http://127.0.0.1:${port}` });
    const error = await faultOf<ConnectionError>(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "rejected", attempts: 3 });
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.message).toContain("baseUrl");
    expect(error.cause).toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  test.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EAI_NONAME",
    "UND_ERR_CONNECT_TIMEOUT",
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    // What Bun calls it.
    "ConnectionRefused",
  ])("is rejected for %s, which comes before the first byte", async (code) => {
    expect(await told(planned(code).customers.create(person))).toMatchObject({
      outcome: "rejected",
      attempts: 3,
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
    "UND_ERR_HEADERS_TIMEOUT",
    "UND_ERR_BODY_TIMEOUT",
    "HPE_INVALID_CONSTANT",
    "NOT_ECONNREFUSED",
    "ECONNREFUSED_NOT",
    "UNABLE_NOT_TO",
    // The server's word about the client's certificate: TLS 1.3 says it after the request may have gone out.
    "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
  ])("is unknown for %s, which may come after the request was sent", async (code) => {
    expect(await told(planned(code).customers.create(person))).toMatchObject({
      outcome: "unknown",
      attempts: 3,
    });
  });

  test.each([undefined, 111, null, { toString: () => "ECONNREFUSED" }])(
    "is unknown where the platform gives %s for a code",
    async (code) => {
      const fetch: Fetch = () => Promise.reject(broken(code));
      const error = await faultOf<ConnectionError>(new OnePay({ apiKey, fetch }).customers.create(person));
      expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
      expect(error.cause).toBeInstanceOf(TypeError);
    },
  );

  test.each(["no way to Zoraida's", "E"])("is told without a code that is not one word: %s", async (code) => {
    const fetch: Fetch = () => Promise.reject(broken(code));
    const error = await faultOf<Error>(new OnePay({ apiKey, fetch, maxRetries: 0 }).customers.create(person));
    expect(error.message).toMatch(/^createCustomer: no connection: check baseUrl/);
    expect(Object.keys(error)).toEqual(["operation", "idempotencyKey", "attempts", "outcome"]);
  });

  test.each([
    ["ERR_PROXY", "ECONNREFUSED", "rejected"],
    ["ECONNREFUSED", "ECONNRESET", "unknown"],
    ["ECONNREFUSED", "", "unknown"],
  ])(
    "is told by the cause of the error where it has a code, too: %s by %s is %s",
    async (code, by, outcome) => {
      const fetch: Fetch = () => Promise.reject(Object.assign(broken(by), { code }));
      expect(await faultOf(new OnePay({ apiKey, fetch }).customers.create(person))).toMatchObject({
        outcome,
        message: expect.stringContaining(by),
      });
    },
  );

  test("is unknown once an answer has begun, whatever the code with which it breaks off", async () => {
    const pull = (stream: ReadableStreamDefaultController) => stream.error(broken("ECONNREFUSED"));
    const fetch: Fetch = async () => new Response(new ReadableStream({ pull }), { status: 201 });
    const call = new OnePay({ apiKey, fetch, maxRetries: 0 }).customers.create(person);
    expect(await told(call)).toEqual({ name: "InvalidResponseError", outcome: "unknown", attempts: 1 });
  });

  test.each([null, undefined, "ECONNREFUSED", 0])(
    "is unknown where a replaced fetch rejects with %s",
    async (thrown) => {
      const fetch: Fetch = () => Promise.reject(thrown);
      const call = new OnePay({ apiKey, fetch }).customers.create(person);
      expect(await told(call)).toEqual({ name: "ConnectionError", outcome: "unknown", attempts: 3 });
    },
  );

  test.each([
    ["nothing", async () => undefined],
    ["no Response", async () => ({ ok: true, json: async () => customer, body: "{}" })],
    ["what only looks like a Response", async () => ({ ok: true, status: 200, headers: {} })],
    ["a Response whose body is no stream", async () => ({ ok: true, headers: new Headers(), body: "{}" })],
    [
      "a Response that was read already",
      async () => {
        const read = Response.json(customer);
        await read.text();
        read.body?.getReader();
        return read;
      },
    ],
  ])(
    "is unknown where a replaced fetch gives %s, and no TypeError, which would mean that nothing was sent",
    async (_, fetch) => {
      const onepay = new OnePay({ apiKey, fetch: fetch as unknown as Fetch, maxRetries: 0 });
      expect(await told(onepay.customers.create(person))).toEqual({
        name: "ConnectionError",
        outcome: "unknown",
        attempts: 1,
      });
    },
  );

  test.each([undefined, null, 0, "", false])(
    "is unknown where the body of a success breaks off with %j for a reason",
    async (reason) => {
      const body = () => {
        let pulls = 0;
        return new ReadableStream({
          pull: (controller) =>
            pulls++ === 0 ? controller.enqueue(new TextEncoder().encode("123")) : controller.error(reason),
        });
      };
      const fetch: Fetch = async () => new Response(body());
      const call = new OnePay({ apiKey, fetch, maxRetries: 0 }).customers.create(person);
      expect(await told(call)).toEqual({ name: "InvalidResponseError", outcome: "unknown", attempts: 1 });
    },
  );

  test("is unknown where a replaced fetch throws instead of rejecting", async () => {
    const fetch: Fetch = () => {
      throw new Error("no");
    };
    const call = new OnePay({ apiKey, fetch }).customers.create(person);
    expect(await told(call)).toEqual({ name: "ConnectionError", outcome: "unknown", attempts: 3 });
  });

  test("is rejected where the status says so, even if the body of the error breaks off", async () => {
    const cut: Step = ({ response, socket }) => {
      response.writeHead(422, { "content-type": "application/json", "content-length": "900" });
      response.write('{"message":"The ');
      setTimeout(() => socket.resetAndDestroy(), 20);
    };
    const server = await serve(cut);
    const error = await faultOf(clientOf(server).customers.create(person));
    expect(error).toMatchObject({
      name: "UnprocessableError",
      outcome: "rejected",
      body: '{"message":"The ',
    });
  });
});

describe("the outcome of several attempts", () => {
  test.each<[string, Step[], object]>([
    [
      "503, then 422",
      [reply(503), reply(422)],
      { name: "UnprocessableError", outcome: "unknown", attempts: 2 },
    ],
    ["503, then 409", [reply(503), reply(409)], { name: "ConflictError", outcome: "unknown", attempts: 2 }],
    [
      "a reset, then 401",
      [reset, reply(401)],
      { name: "UnauthorizedError", outcome: "unknown", attempts: 2 },
    ],
    ["408, then 429s", [reply(408), reply(429)], { name: "RateLimitError", outcome: "unknown", attempts: 3 }],
    ["silence, then 400", [stall, reply(400)], { name: "BadRequestError", outcome: "unknown", attempts: 2 }],
    [
      "half a body, then 404",
      [breakInBody, reply(404)],
      { name: "NotFoundError", outcome: "unknown", attempts: 2 },
    ],
    [
      "429, then 422",
      [reply(429), reply(422)],
      { name: "UnprocessableError", outcome: "rejected", attempts: 2 },
    ],
    ["429 three times", [reply(429)], { name: "RateLimitError", outcome: "rejected", attempts: 3 }],
    [
      "429, then HTML",
      [reply(429), reply(200, "<p>")],
      { name: "InvalidResponseError", outcome: "unknown", attempts: 2 },
    ],
    [
      "429, then a redirect",
      [reply(429), reply(302)],
      { name: "RedirectError", outcome: "unknown", attempts: 2 },
    ],
  ])("is kept once it is unknown: %s", async (_, steps, expected) => {
    const server = await serve(...steps);
    expect(await told(clientOf(server, { timeout: 400 }).customers.create(person))).toEqual(expected);
  });

  test("is unknown after 503 even where the last connection is refused", async () => {
    expect(await told(planned(503, "ECONNREFUSED").customers.create(person))).toMatchObject({
      outcome: "unknown",
    });
  });

  test("is rejected where every connection is refused or throttled", async () => {
    expect(await told(planned("ECONNREFUSED", 429, "ENOTFOUND").customers.create(person))).toMatchObject({
      outcome: "rejected",
      attempts: 3,
    });
  });

  test("is settled by a later success", async () => {
    const server = await serve(reset, reply(503), reply(201, customer));
    const { data, attempts } = await clientOf(server).customers.create(person).withResponse();
    expect({ data, attempts }).toEqual({ data: customer, attempts: 3 });
  });
});

describe("the idempotency key", () => {
  const ends: [string, Step, object?][] = [
    ["an ApiError", reply(422)],
    ["a ServerError", reply(500)],
    ["a ConnectionError", reset],
    ["a TimeoutError", stall],
    ["an InvalidResponseError", reply(200, "{")],
    ["a RedirectError", reply(307)],
  ];
  test.each(ends)("stands on %s, as it was sent", async (_, step) => {
    const server = await serve(step);
    const error = await faultOf<OnePayError>(clientOf(server, { timeout: 200 }).customers.create(person));
    expect(error.idempotencyKey).toMatch(/^[\da-f-]{36}$/);
    expect(new Set(server.requests.map(({ headers }) => headers["x-idempotency"]))).toEqual(
      new Set([error.idempotencyKey]),
    );
  });

  test("given by the caller stands on an error that came before the first attempt", async () => {
    const signal = AbortSignal.abort();
    const call = planned(200).customers.create(person, { signal, idempotencyKey: "order:7" });
    expect(await faultOf(call)).toMatchObject({
      idempotencyKey: "order:7",
      attempts: 0,
      operation: "createCustomer",
    });
  });

  test("is advised to be kept where the outcome is unknown, and only there", async () => {
    const messageOf = async (...plan: number[]) =>
      (await faultOf<Error>(planned(...plan).customers.create(person))).message;
    expect(await messageOf(503)).toContain("keep its idempotencyKey");
    expect(await messageOf(422)).not.toContain("idempotencyKey");
    const read = await faultOf<OnePayError>(planned(503).customers.get("cus_1"));
    expect([read.idempotencyKey, read.outcome]).toEqual([undefined, "unknown"]);
    expect(read.message).not.toContain("idempotencyKey");
  });
});

describe("a success", () => {
  test.each([
    ["null", null],
    ["0", 0],
    ["false", false],
    ['""', ""],
    ["{}", {}],
    ["[]", []],
  ])("of %s is given as it is: the status decides, and not the value", async (text, value) => {
    const server = await serve(reply(200, text));
    expect(await clientOf(server).customers.get("cus_1")).toEqual(value);
  });

  test("of any length is read to its end", async () => {
    const long = { ...customer, notes: "x".repeat(300_000) };
    const server = await serve(reply(200, long));
    expect(await clientOf(server).customers.get("cus_1")).toEqual(long);
  });

  test("is read the same wherever the network cuts it, even in the middle of a character", async () => {
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

  test("with fields and enum values that nobody has heard of is given as it is", async () => {
    const strange = { ...customer, user_type: "robot", status: "on_the_moon", next: { deeper: [1, null] } };
    const server = await serve(reply(299, strange));
    expect(await clientOf(server).customers.get("cus_1")).toEqual(strange);
  });
});

describe("an error whose body is made to harm", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  test.each([
    ["nested a thousand deep", `{"errors":${nested(1_000)}}`],
    ["nested eight thousand deep", `{"errors":${nested(8_000)}}`],
    ["nested thirty thousand deep", `{"errors":${nested(30_000)}}`],
    ["with a field called __proto__", '{"errors":{"__proto__":["x"]},"__proto__":{"status":1}}'],
    ["that is null", "null"],
    ["that is a number", "42"],
    ["that is a list", "[null]"],
    [
      "with nonsense in every field",
      '{"message":{},"error":[],"code":{},"code_name":1,"errors":[null,[[]],1]}',
    ],
    ["with bytes that are no text", "\u0000\ufffd\ud800"],
  ])("%s is an UnprocessableError all the same", async (_, body) => {
    const server = await serve(reply(422, body));
    expect(await told(clientOf(server).customers.create(person))).toEqual({
      name: "UnprocessableError",
      outcome: "rejected",
      attempts: 1,
    });
    expect(({} as { status?: number }).status).toBeUndefined();
  });
});
