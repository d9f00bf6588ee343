import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { operations } from "../../generated/operations.js";
import { type ApiError, InvalidResponseError, OnePay, RedirectError, ServerError } from "../../src/index.js";
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
  stallInBody,
} from "./server.js";

// No jitter: what is sent again is sent at once.
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** The keys and the bytes of the requests, without repetitions. */
const sent = (requests: { headers: Record<string, unknown>; body: string }[]) => ({
  keys: new Set(requests.map(({ headers }) => headers["x-idempotency"])),
  bodies: new Set(requests.map(({ body }) => body)),
});

describe("a server that fails", () => {
  test("with an empty 500 gives a ServerError of unknown outcome, after three attempts of a read", async () => {
    const server = await serve(reply(500));
    const error = await faultOf<ServerError>(clientOf(server).customers.get("cus_1"));
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ status: 500, attempts: 3, outcome: "unknown", body: "", fields: {} });
    expect(server.requests).toHaveLength(3);
  });

  test("with a 502 made of HTML gives a ServerError that keeps the text and shows none of it", async () => {
    const page = "<html><h1>Bad gateway for Zoraida</h1></html>";
    const server = await serve(reply(502, page, { "content-type": "text/html" }));
    const error = await faultOf<ServerError>(clientOf(server).customers.create(person));
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ status: 502, body: page });
    expect([error.code, error.codeName]).toEqual([undefined, undefined]);
    expect(error.message).not.toContain("html");
  });

  test("with 503 on a POST gets it three times, under one key and with the same bytes", async () => {
    const server = await serve(reply(503));
    const error = await faultOf<ServerError>(clientOf(server).customers.create(person));
    const { keys, bodies } = sent(server.requests);
    expect(server.requests).toHaveLength(3);
    expect(keys).toEqual(new Set([error.idempotencyKey]));
    expect(error.idempotencyKey).toMatch(/^[\da-f-]{36}$/);
    expect(bodies).toEqual(new Set([JSON.stringify(person)]));
    expect(error).toMatchObject({ attempts: 3, outcome: "unknown" });
  });

  test("once with 503 on a POST and then succeeds gives the customer, after two attempts", async () => {
    const server = await serve(reply(503), reply(201, customer));
    const { data, attempts, idempotencyKey } = await clientOf(server).customers.create(person).withResponse();
    expect(data).toEqual(customer);
    expect(attempts).toBe(2);
    expect(sent(server.requests).keys).toEqual(new Set([idempotencyKey]));
  });

  test("by resetting the connection of a POST gets it three times, under one key and with the same bytes", async () => {
    const server = await serve(reset);
    const error = await faultOf<Error & { idempotencyKey: string }>(
      clientOf(server).customers.create(person),
    );
    expect(error).toMatchObject({ name: "ConnectionError", attempts: 3, outcome: "unknown" });
    expect(server.requests).toHaveLength(3);
    expect(sent(server.requests)).toEqual({
      keys: new Set([error.idempotencyKey]),
      bodies: new Set([JSON.stringify(person)]),
    });
  });

  test("by never sending headers is given up at the time limit, with an unknown outcome", async () => {
    const server = await serve(stall);
    const onepay = clientOf(server, { timeout: 200, maxRetries: 1 });
    const error = await faultOf(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 2, outcome: "unknown" });
    expect(server.requests).toHaveLength(2);
    expect(sent(server.requests).keys.size).toBe(1);
  });

  test("by falling silent in the middle of the body is given up at the time limit", async () => {
    const server = await serve(stallInBody);
    const onepay = clientOf(server, { timeout: 150, maxRetries: 0 });
    const error = await faultOf(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 1, outcome: "unknown" });
  });

  test("by breaking off in the middle of the body is asked again under the same key", async () => {
    const server = await serve(breakInBody, reply(201, customer));
    const { data, attempts } = await clientOf(server).customers.create(person).withResponse();
    expect(data).toEqual(customer);
    expect(attempts).toBe(2);
    expect(sent(server.requests).keys.size).toBe(1);
  });

  test("by always breaking off in the middle of the body gives an InvalidResponseError with what came", async () => {
    const server = await serve(breakInBody);
    const error = await faultOf<InvalidResponseError>(
      clientOf(server, { maxRetries: 1 }).customers.create(person),
    );
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ status: 200, attempts: 2, outcome: "unknown" });
    expect(error.body).toBe('{"id":"cus_1","first_name":"An');
    expect(error.cause).toBeInstanceOf(Error);
  });
});

test("a refusal that breaks off in the middle of its body is one all the same, and keeps the cause", async () => {
  const server = await serve((exchange) => {
    exchange.response.writeHead(422, { "content-type": "application/json", "content-length": "500" });
    exchange.response.write('{"errors":{"ema');
    setTimeout(() => exchange.socket.resetAndDestroy(), 20);
  });
  const error = await faultOf<ApiError>(clientOf(server).customers.create(person));
  expect(error).toMatchObject({ name: "UnprocessableError", status: 422, attempts: 1, outcome: "rejected" });
  expect(error.body).toBe('{"errors":{"ema');
  expect(error.cause).toBeInstanceOf(Error);
});

describe("a success that is none", () => {
  const cases: [string, Step][] = [
    ["JSON that is cut", reply(201, '{"id":"cus_1","first_na')],
    ["no body at all", reply(201)],
    ["a page of HTML", reply(200, "<html>Sign in to the Wi-Fi</html>", { "content-type": "text/html" })],
    ["HTML that claims to be JSON", reply(200, "<html></html>")],
    ["JSON that claims to be HTML", reply(200, customer, { "content-type": "text/html; charset=utf-8" })],
  ];

  test("to a deletion is an InvalidResponseError, too: only nothing at all means that it is done", async () => {
    const portal = reply(200, "<html>Sign in to the Wi-Fi</html>", { "content-type": "text/html" });
    const server = await serve(portal);
    const error = await faultOf(clientOf(server).customers.delete("cus_1"));
    expect(error).toBeInstanceOf(InvalidResponseError);
  });

  test.each<[string, string, (onepay: OnePay) => Promise<unknown>]>([
    ["after what could be all of it", "12", ({ customers }) => customers.create(person)],
    ["before its first byte, to a deletion", "", ({ customers }) => customers.delete("cus_1")],
  ])("is one that breaks off %s", async (_, text, call) => {
    const answer = () => {
      const chunks = text ? [new TextEncoder().encode(text)] : [];
      const pull = (stream: ReadableStreamDefaultController) => {
        const chunk = chunks.shift();
        if (chunk) stream.enqueue(chunk);
        else stream.error(new TypeError("terminated"));
      };
      const headers = { "content-type": "application/json" };
      return new Response(new ReadableStream({ pull }), { headers });
    };
    const error = await faultOf(call(new OnePay({ apiKey, fetch: async () => answer(), maxRetries: 0 })));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ outcome: "unknown", cause: new TypeError("terminated") });
  });
  test.each(cases)(
    "%s is an InvalidResponseError of unknown outcome, and not asked again",
    async (_, step) => {
      const server = await serve(step);
      const error = await faultOf<InvalidResponseError>(clientOf(server).customers.create(person));
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
      expect(error.idempotencyKey).toBe(server.requests[0]?.headers["x-idempotency"]);
      expect(error.headers).toBeInstanceOf(Headers);
      expect(server.requests).toHaveLength(1);
    },
  );

  test.each<[Step, string]>([
    [reply(203, "<html>"), "getCustomer: 203 is not JSON: check baseUrl."],
    [breakInBody, "getCustomer: 200 broke off."],
  ])("says which it is: %#", async (step, message) => {
    const server = await serve(step);
    const call = clientOf(server, { maxRetries: 0 }).customers.get("cus_1");
    expect(await faultOf(call)).toMatchObject({ message });
  });

  test("keeps status, headers and the start of the text on the error", async () => {
    const long = `<html>${"x".repeat(100_000)}`;
    const server = await serve(reply(203, long, { "content-type": "text/html", "x-request-id": "req_7" }));
    const error = await faultOf<InvalidResponseError>(clientOf(server).customers.get("cus_1"));
    expect(error).toMatchObject({ status: 203, requestId: "req_7" });
    expect(error.headers.get("content-type")).toBe("text/html");
    expect(error.body).toBe(long.slice(0, 65_536));
  });

  test.each(["application/json; charset=utf-8", "application/problem+json", "Application/JSON"])(
    "is not seen where the media type is %s",
    async (type) => {
      const server = await serve(reply(200, customer, { "content-type": type }));
      expect(await clientOf(server).customers.get("cus_1")).toEqual(customer);
    },
  );

  test("is not seen where the media type is missing and the text is JSON", async () => {
    const server = await serve(({ response }) => void response.end(JSON.stringify(customer)));
    expect(await clientOf(server).customers.get("cus_1")).toEqual(customer);
  });

  test("is not seen in the answer to a deletion: it is the data, where there is one", async () => {
    const server = await serve(reply(200, { deleted: true }));
    expect(await clientOf(server).customers.delete("cus_1")).toEqual({ deleted: true });
  });

  test("is not seen in a 204 with an empty body: the data is undefined", async () => {
    const server = await serve(reply(204));
    const { data, response, attempts } = await clientOf(server).customers.delete("cus_1").withResponse();
    expect(data).toBeUndefined();
    expect(response.status).toBe(204);
    expect(attempts).toBe(1);
  });

  test("is not seen in a 204 to another call than a deletion either", async () => {
    const server = await serve(reply(204));
    expect(await clientOf(server).customers.getBalance("cus_1")).toBeUndefined();
  });

  test("is not seen in a 200 without a body to a deletion", async () => {
    const server = await serve(reply(200, "", { "content-type": "text/html" }));
    expect(await clientOf(server).customers.delete("cus_1")).toBeUndefined();
  });
});

describe("a redirect", () => {
  test.each([301, 302, 303, 307, 308])(
    "%d of a POST to another origin is a RedirectError, and the other origin is never asked",
    async (status) => {
      const other = await serve(reply(201, customer));
      const server = await serve(reply(status, undefined, { location: `${other.url}/customers` }));
      const error = await faultOf<RedirectError>(clientOf(server).customers.create(person));
      expect(error).toBeInstanceOf(RedirectError);
      expect(error).toMatchObject({ status, attempts: 1, outcome: "unknown" });
      expect(error.message).toContain(`${status} redirects: check baseUrl`);
      expect(server.requests).toHaveLength(1);
      expect(other.requests).toEqual([]);
    },
  );

  test("of a GET is not followed either, not even on the same origin", async () => {
    const server = await serve(
      reply(302, undefined, { location: "/v1/customers/cus_2" }),
      reply(200, customer),
    );
    expect(await faultOf(clientOf(server).customers.get("cus_1"))).toBeInstanceOf(RedirectError);
    expect(server.requests).toHaveLength(1);
  });

  test("keeps its body, and its message says where to look", async () => {
    const server = await serve(reply(399, { to: "elsewhere" }));
    const error = await faultOf<RedirectError>(clientOf(server).customers.get("cus_1"));
    expect(error).toMatchObject({
      name: "RedirectError",
      message: "getCustomer: 399 redirects: check baseUrl.",
      body: { to: "elsewhere" },
    });
  });

  test("hidden by the platform as status 0, as browsers do, is a RedirectError", async () => {
    const opaque = Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" } });
    const events: object[] = [];
    const onEvent = (event: object) => void events.push(event);
    const onepay = new OnePay({ apiKey, fetch: async () => opaque, onEvent });
    const error = await faultOf<RedirectError>(onepay.customers.create(person));
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ status: 0, attempts: 1, outcome: "unknown" });
    expect(events).toContainEqual(expect.objectContaining({ type: "response", status: 0 }));
  });
});

describe("an error with a body of 50 MB", () => {
  const chunk = Buffer.alloc(65_536, "x");
  let written = 0;
  let closed: Promise<boolean>;
  const flood: Step = ({ response }) => {
    written = 0;
    closed = new Promise((resolve) => response.once("close", () => resolve(response.writableFinished)));
    response.writeHead(422, { "content-type": "text/plain" });
    const go = () => {
      while (written < 50_000_000 && !response.destroyed) {
        written += chunk.length;
        if (!response.write(chunk)) return void response.once("drain", go);
      }
      response.end();
    };
    go();
  };

  test("is read up to 64 KB, the rest is never fetched, and the connection is let go", async () => {
    const server = await serve(flood);
    const error = await faultOf<ApiError>(clientOf(server).customers.create(person));
    expect(error).toMatchObject({ status: 422, outcome: "rejected", body: "x".repeat(65_536) });
    expect(await closed).toBe(false);
    expect(written).toBeLessThan(25_000_000);
  });

  test("takes next to no memory: what is kept of it is what was read", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const inUse = () => {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const server = await serve(flood);
    const before = inUse();
    const error = await faultOf(clientOf(server).customers.create(person));
    expect(inUse() - before).toBeLessThan(8_000_000);
    expect(error).toMatchObject({ status: 422 });
  });
});

test("a body without an end that cannot be stopped either is left alone after 64 KB", async () => {
  const endless = new ReadableStream({
    pull: (stream) => stream.enqueue(new Uint8Array(10_000).fill(65)),
    cancel: () => Promise.reject(new Error("no")),
  });
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  const onepay = new OnePay({ apiKey, fetch: async () => new Response(endless, { status: 422 }) });
  expect(await faultOf(onepay.customers.create(person))).toMatchObject({ body: "A".repeat(65_536) });
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test("a body that falls silent after 64 KB and never says that it has stopped is left alone, too", async () => {
  const silent = new ReadableStream({
    start: (stream) => stream.enqueue(new Uint8Array(65_536).fill(65)),
    cancel: () => new Promise(() => {}),
  });
  const fetch = async () => new Response(silent, { status: 422 });
  const call = new OnePay({ apiKey, fetch, timeout: 500 }).customers.create(person);
  expect(await faultOf(call)).toMatchObject({ status: 422, body: "A".repeat(65_536) });
});

describe("the request id", () => {
  test("of an error stands on it", async () => {
    const server = await serve(reply(422, { message: "no" }, { "x-request-id": "req_42" }));
    expect(await faultOf(clientOf(server).customers.create(person))).toMatchObject({ requestId: "req_42" });
  });

  test("of the last attempt is the one that is told", async () => {
    const server = await serve(
      reply(503, undefined, { "x-request-id": "req_1" }),
      reply(503, undefined, { "x-request-id": "req_2" }),
    );
    const error = await faultOf(clientOf(server, { maxRetries: 1 }).customers.create(person));
    expect(error).toMatchObject({ requestId: "req_2", attempts: 2 });
  });

  test("of a success stands in its headers", async () => {
    const server = await serve(reply(200, customer, { "x-request-id": "req_9" }));
    const { response } = await clientOf(server).customers.get("cus_1").withResponse();
    expect(response.headers.get("x-request-id")).toBe("req_9");
  });
});

describe("an id that would change the address", () => {
  // Whatever a URL parser, a proxy or a router somewhere may read as a dot or a slash, in all combinations.
  const dots = [".", "%2e", "%2E", "%252e"];
  const slashes = ["/", "\\", "%2f", "%2F", "%5c", "%252f"];
  const single = [...dots, ...dots.flatMap((one) => dots.map((two) => one + two))];
  const around = single.flatMap((dot) =>
    slashes.flatMap((slash) => [dot + slash, slash + dot, `cus${slash}${dot}`]),
  );
  const ends = ["?", "#", "%", "cus?x=1", "cus#x", "cus%", "cus%00", "a/b", "/", "\\", "%"];
  const unseen = [
    ...Array.from({ length: 0x21 }, (_, code) => String.fromCharCode(code)),
    ...[
      "\x7f",
      "\x85",
      "\xa0",
      "\u1680",
      "\u2003",
      "\u200b",
      "\u202e",
      "\u2028",
      "\u2029",
      "\u3000",
      "\ufeff",
    ],
    "\ud800",
    "\udc00",
  ].flatMap((one) => [one, `cus${one}`, `${one}cus`, `c${one}us`, `.${one}.`]);
  const bad: unknown[] = [
    ...["", ...single, ...around, ...ends, ...unseen],
    ...[
      undefined,
      null,
      0,
      42,
      Number.NaN,
      true,
      {},
      [],
      ["cus_1"],
      Symbol("cus_1"),
      1n,
      () => "cus_1",
      new String("cus_1"),
    ],
    { toString: () => "cus_1" },
  ];
  type Method = (id: unknown, ...rest: unknown[]) => Promise<unknown>;
  const calls: [string, (onepay: OnePay, id: unknown) => Promise<unknown>][] = [
    ["get", ({ customers }, id) => (customers.get as Method)(id)],
    ["delete", ({ customers }, id) => (customers.delete as Method)(id)],
    ["getBalance", ({ customers }, id) => (customers.getBalance as Method)(id)],
    ["listTransactions", ({ customers }, id) => (customers.listTransactions as Method)(id)],
    ["createTransaction", ({ customers }, id) => (customers.createTransaction as Method)(id, { amount: 1 })],
    ["listAccounts", ({ customers }, id) => (customers.listAccounts as Method)(id)],
    ["listCards", ({ customers }, id) => (customers.listCards as Method)(id)],
  ];

  test.each(calls)(
    "rejects from %s with a TypeError that names the parameter, before the network",
    async (_, call) => {
      const fetch = vi.fn();
      const onepay = new OnePay({ apiKey, fetch });
      expect(bad.length).toBeGreaterThan(500);
      for (const id of bad) {
        const error = await faultOf<Error>(call(onepay, id));
        expect(error, String(id)).toBeInstanceOf(TypeError);
        expect(error.message).toMatch(/^customer_id must be an OnePay id/);
      }
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  test("is told from ids that only look odd: these arrive whole, as one segment", async () => {
    const server = await serve(reply(200, customer));
    const onepay = clientOf(server);
    const odd = [
      "...",
      "a.b",
      ".a",
      "cus_1",
      "a&b=c",
      "ñandú",
      "a:b@c",
      "a;b",
      "😀",
      "．．",
      "a+b",
      '"',
      "'",
      "~",
    ];
    for (const id of odd) await onepay.customers.get(id);
    expect(server.requests.map(({ path }) => path)).toEqual(
      odd.map((id) => `/v1/customers/${encodeURIComponent(id)}`),
    );
  });

  test("is refused for every path parameter of the document", () => {
    const withId = Object.values(operations).filter(({ path }) => path.includes("{"));
    expect(withId.map(({ name }) => name)).toEqual(calls.map(([name]) => name));
  });
});

describe("arguments that cannot be sent", () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  type Anything = (...args: unknown[]) => Promise<unknown>;
  test.each<[string, unknown[]]>([
    ["no argument where an id belongs", []],
    ["a body that holds itself", ["cus_1", circular]],
    ["a body with a bigint", ["cus_1", { amount: 1n }]],
    ["a key where the options belong", ["cus_1", { amount: 1 }, "order-42"]],
    ["an option that does not exist", ["cus_1", { amount: 1 }, { retries: 3 }]],
    ["a key with a line break", ["cus_1", { amount: 1 }, { idempotencyKey: "a\nb" }]],
  ])("reject, and never throw: %s", async (_, args) => {
    const fetch = vi.fn();
    const { customers } = new OnePay({ apiKey, fetch });
    const promise = (customers.createTransaction as Anything)(...args);
    expect(promise).toBeInstanceOf(Promise);
    expect(await faultOf(promise)).toBeInstanceOf(TypeError);
    expect(fetch).not.toHaveBeenCalled();
  });

  test("leave no rejection without a handler where withResponse() is awaited instead", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const server = await serve(reply(422));
    const { customers } = clientOf(server);
    await faultOf(customers.get("").withResponse());
    await faultOf(customers.create(person).withResponse());
    await faultOf(customers.list()[Symbol.asyncIterator]().next());
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
