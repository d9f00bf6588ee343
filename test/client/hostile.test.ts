import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createGzip } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { operations } from "../../generated/operations.js";
import { type ApiError, InvalidResponseError, OnePay, RedirectError, ServerError } from "../../src/index.js";
import type { Fetch, Operation } from "../../src/types.js";
import {
  apiKey,
  breakInBody,
  clientOf,
  customer,
  type Handler,
  person,
  rejectionOf,
  reply,
  reset,
  serve,
  stall,
  stallInBody,
} from "./server.js";

// No jitter: retries are sent immediately.
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** The distinct idempotency keys and bodies of the requests. */
const distinct = (requests: { headers: Record<string, unknown>; body: string }[]) => ({
  keys: new Set(requests.map(({ headers }) => headers["x-idempotency"])),
  bodies: new Set(requests.map(({ body }) => body)),
});

const html = { "content-type": "text/html" };
const signInPage = reply(200, "<html>Sign in to the Wi-Fi</html>", html);

describe("a server that fails", () => {
  test("with an empty 500 to a read is a ServerError after three attempts", async () => {
    const server = await serve(reply(500));
    const error = await rejectionOf<ServerError>(clientOf(server).customers.get("cus_1"));
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ status: 500, attempts: 3, outcome: "unknown", body: "", fields: {} });
    expect(server.requests).toHaveLength(3);
  });

  test("with a 502 page in HTML is a ServerError that keeps the page out of its message", async () => {
    const page = "<html><h1>Bad gateway for Zoraida</h1></html>";
    const server = await serve(reply(502, page, html));
    const error = await rejectionOf<ServerError>(clientOf(server).customers.create(person));
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ status: 502, body: page });
    expect([error.code, error.codeName]).toEqual([undefined, undefined]);
    expect(error.message).not.toContain("html");
  });

  test("with 503 to a POST gets it three times, with one idempotency key and the same bytes", async () => {
    const server = await serve(reply(503));
    const error = await rejectionOf<ServerError>(clientOf(server).customers.create(person));
    const { keys, bodies } = distinct(server.requests);
    expect(server.requests).toHaveLength(3);
    expect(keys).toEqual(new Set([error.idempotencyKey]));
    expect(error.idempotencyKey).toMatch(/^[\da-f-]{36}$/);
    expect(bodies).toEqual(new Set([JSON.stringify(person)]));
    expect(error).toMatchObject({ attempts: 3, outcome: "unknown" });
  });

  test("with 503 once and then succeeds returns the customer after two attempts", async () => {
    const server = await serve(reply(503), reply(201, customer));
    const { data, attempts, idempotencyKey } = await clientOf(server).customers.create(person).withResponse();
    expect(data).toEqual(customer);
    expect(attempts).toBe(2);
    expect(distinct(server.requests).keys).toEqual(new Set([idempotencyKey]));
  });

  test("by resetting the connection of a POST gets it three times, with one idempotency key and the same bytes", async () => {
    const server = await serve(reset);
    const error = await rejectionOf<ServerError>(clientOf(server).customers.create(person));
    expect(error).toMatchObject({ name: "ConnectionError", attempts: 3, outcome: "unknown" });
    expect(server.requests).toHaveLength(3);
    expect(distinct(server.requests)).toEqual({
      keys: new Set([error.idempotencyKey]),
      bodies: new Set([JSON.stringify(person)]),
    });
  });

  test("by never sending headers is a TimeoutError after each attempt's timeout", async () => {
    const server = await serve(stall);
    const onepay = clientOf(server, { timeout: 1_000, maxRetries: 1 });
    const error = await rejectionOf(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 2, outcome: "unknown" });
    expect(server.requests).toHaveLength(2);
    expect(distinct(server.requests).keys.size).toBe(1);
  });

  test("by stalling in the body of a success is a TimeoutError", async () => {
    const server = await serve(stallInBody);
    const onepay = clientOf(server, { timeout: 1_000, maxRetries: 0 });
    const error = await rejectionOf(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 1, outcome: "unknown" });
  });

  test("by breaking off in the body of a success gets a retry with the same idempotency key", async () => {
    const server = await serve(breakInBody, reply(201, customer));
    const { data, attempts } = await clientOf(server).customers.create(person).withResponse();
    expect(data).toEqual(customer);
    expect(attempts).toBe(2);
    expect(distinct(server.requests).keys.size).toBe(1);
  });

  test("by always breaking off in the body is an InvalidResponseError with the body's beginning", async () => {
    const server = await serve(breakInBody);
    const error = await rejectionOf<InvalidResponseError>(
      clientOf(server, { maxRetries: 1 }).customers.create(person),
    );
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ status: 200, attempts: 2, outcome: "unknown" });
    expect(error.body).toBe('{"id":"cus_1","first_name":"An');
    expect(error.cause).toBeInstanceOf(Error);
  });
});

describe("an error response with an incomplete body", () => {
  const partial =
    (status: number, headers = {}): Handler =>
    ({ response }) => {
      response.writeHead(status, {
        "content-type": "application/json",
        "content-length": "500",
        ...headers,
      });
      response.write('{"errors":{"ema');
    };

  test("keeps its status and the cause if the body breaks off", async () => {
    const server = await serve((exchange) => {
      partial(422)(exchange);
      setTimeout(() => exchange.socket.resetAndDestroy(), 20);
    });
    const error = await rejectionOf<ApiError>(clientOf(server).customers.create(person));
    expect(error).toMatchObject({ name: "UnprocessableEntityError", attempts: 1, outcome: "rejected" });
    expect(error.body).toBe('{"errors":{"ema');
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("keeps its status if the body stalls: a 422 is rejected and sent once", async () => {
    const server = await serve(partial(422));
    const error = await rejectionOf<ApiError>(clientOf(server, { timeout: 1_500 }).customers.create(person));
    expect(error).toMatchObject({
      name: "UnprocessableEntityError",
      status: 422,
      attempts: 1,
      outcome: "rejected",
    });
    expect(error.body).toBe('{"errors":{"ema');
    expect(server.requests).toHaveLength(1);
  });

  test("keeps its status if the body of a one-time password's response stalls: a 401 is rejected", async () => {
    const server = await serve(partial(401));
    const verify = clientOf(server, { timeout: 1_500 }).customerSessions.verify({
      phone: person.phone,
      otp: "271828",
    });
    expect(await rejectionOf(verify)).toMatchObject({ name: "UnauthorizedError", outcome: "rejected" });
  });

  test("keeps its status if the deadline ends it", async () => {
    const server = await serve(partial(503));
    const error = await rejectionOf(clientOf(server, { deadline: 1_500 }).customers.create(person));
    expect(error).toMatchObject({ name: "ServerError", status: 503, attempts: 1, outcome: "unknown" });
  });

  test("is retried after its Retry-After if the body stalls", async () => {
    const server = await serve(partial(429, { "retry-after": "1" }), reply(200, customer));
    const start = performance.now();
    expect(await clientOf(server, { timeout: 1_500 }).customers.get("cus_1")).toEqual(customer);
    expect(performance.now() - start).toBeGreaterThan(2_450);
  });

  test("is a RedirectError if the body of a redirect stalls", async () => {
    const server = await serve(partial(302, { location: "/" }));
    const error = await rejectionOf(clientOf(server, { timeout: 1_500 }).customers.get("cus_1"));
    expect(error).toMatchObject({ name: "RedirectError", status: 302, attempts: 1 });
  });
});

describe("a success that can't be used", () => {
  const cases: [string, Handler][] = [
    ["truncated JSON", reply(201, '{"id":"cus_1","first_na')],
    ["an empty body", reply(201)],
    ["a page in HTML", signInPage],
    ["HTML that claims to be JSON", reply(200, "<html></html>")],
    ["JSON that claims to be HTML", reply(200, customer, { "content-type": "text/html; charset=utf-8" })],
  ];

  test.each(cases)("is an InvalidResponseError with outcome unknown, sent once: %s", async (_, handler) => {
    const server = await serve(handler);
    const error = await rejectionOf<InvalidResponseError>(clientOf(server).customers.create(person));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown", retryable: false });
    expect(error.idempotencyKey).toBe(server.requests[0]?.headers["x-idempotency"]);
    expect(error.responseHeaders).toBeInstanceOf(Headers);
    expect(server.requests).toHaveLength(1);
  });

  test("is an InvalidResponseError for a DELETE too: only an empty body means that it's deleted", async () => {
    const server = await serve(signInPage);
    const error = await rejectionOf(clientOf(server).customers.delete("cus_1"));
    expect(error).toBeInstanceOf(InvalidResponseError);
  });

  test.each<[string, string, (onepay: OnePay) => Promise<unknown>]>([
    ["after what could be all of it", "12", ({ customers }) => customers.create(person)],
    ["before its first byte, for a DELETE", "", ({ customers }) => customers.delete("cus_1")],
  ])("is an InvalidResponseError if it breaks off %s", async (_, text, call) => {
    const brokenResponse = () => {
      const chunks = text ? [new TextEncoder().encode(text)] : [];
      const pull = (stream: ReadableStreamDefaultController) => {
        const chunk = chunks.shift();
        if (chunk) stream.enqueue(chunk);
        else stream.error(new TypeError("terminated"));
      };
      return new Response(new ReadableStream({ pull }), { headers: { "content-type": "application/json" } });
    };
    const onepay = new OnePay({ apiKey, fetch: async () => brokenResponse(), maxRetries: 0 });
    const error = await rejectionOf(call(onepay));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ outcome: "unknown", cause: new TypeError("terminated") });
  });

  test("keeps status, headers and the first 65,536 characters of the body", async () => {
    const long = `<html>${"x".repeat(100_000)}`;
    const server = await serve(reply(203, long, { ...html, "x-request-id": "req_7" }));
    const error = await rejectionOf<InvalidResponseError>(clientOf(server).customers.get("cus_1"));
    expect(error).toMatchObject({ status: 203, requestId: "req_7" });
    expect(error.responseHeaders.get("content-type")).toBe("text/html");
    expect(error.body).toBe(long.slice(0, 65_536));
  });
});

describe("a success", () => {
  test.each(["application/json; charset=utf-8", "application/problem+json", "Application/JSON"])(
    "is JSON if the media type is %s",
    async (type) => {
      const server = await serve(reply(200, customer, { "content-type": type }));
      expect(await clientOf(server).customers.get("cus_1")).toEqual(customer);
    },
  );

  test("is JSON if the media type is missing and the body is JSON", async () => {
    const server = await serve(({ response }) => void response.end(JSON.stringify(customer)));
    expect(await clientOf(server).customers.get("cus_1")).toEqual(customer);
  });

  test("of a DELETE returns its body if it has one", async () => {
    const server = await serve(reply(200, { deleted: true }));
    expect(await clientOf(server).customers.delete("cus_1")).toEqual({ deleted: true });
  });

  test("of a DELETE returns undefined for a 204", async () => {
    const server = await serve(reply(204));
    const { data, response, attempts } = await clientOf(server).customers.delete("cus_1").withResponse();
    expect(data).toBeUndefined();
    expect(response.status).toBe(204);
    expect(attempts).toBe(1);
  });

  test("of a DELETE returns undefined for a 200 with an empty body", async () => {
    const server = await serve(reply(200, "", html));
    expect(await clientOf(server).customers.delete("cus_1")).toBeUndefined();
  });

  test("of a read returns undefined for a 204", async () => {
    const server = await serve(reply(204));
    expect(await clientOf(server).customers.getBalance("cus_1")).toBeUndefined();
  });

  test("of a read returns undefined for a 205", async () => {
    const onepay = new OnePay({ apiKey, fetch: async () => new Response(null, { status: 205 }) });
    expect(await onepay.customers.getBalance("cus_1")).toBeUndefined();
  });
});

describe("a redirect", () => {
  test.each([301, 302, 303, 307, 308])(
    "%d of a POST to another origin is a RedirectError, and the other origin gets no request",
    async (status) => {
      const other = await serve(reply(201, customer));
      const server = await serve(reply(status, undefined, { location: `${other.url}/customers` }));
      const error = await rejectionOf<RedirectError>(clientOf(server).customers.create(person));
      expect(error).toBeInstanceOf(RedirectError);
      expect(error).toMatchObject({ status, attempts: 1, outcome: "unknown" });
      expect(error.message).toContain(`${status} The server redirects, and the client doesn't follow.`);
      expect(server.requests).toHaveLength(1);
      expect(other.requests).toEqual([]);
    },
  );

  test("of a GET isn't followed, not even on the same origin", async () => {
    const server = await serve(
      reply(302, undefined, { location: "/v1/customers/cus_2" }),
      reply(200, customer),
    );
    expect(await rejectionOf(clientOf(server).customers.get("cus_1"))).toBeInstanceOf(RedirectError);
    expect(server.requests).toHaveLength(1);
  });

  test("keeps its body", async () => {
    const server = await serve(reply(399, { to: "elsewhere" }, { location: "/" }));
    const error = await rejectionOf<RedirectError>(clientOf(server).customers.get("cus_1"));
    expect(error).toMatchObject({ name: "RedirectError", body: { to: "elsewhere" } });
  });

  test("is a RedirectError with status 0 in browsers, which hide it", async () => {
    const opaque = Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" } });
    const events: object[] = [];
    const onEvent = (event: object) => void events.push(event);
    const onepay = new OnePay({ apiKey, fetch: async () => opaque, onEvent });
    const error = await rejectionOf<RedirectError>(onepay.customers.create(person));
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ status: 0, attempts: 1, outcome: "unknown" });
    expect(events).toContainEqual(expect.objectContaining({ type: "response", status: 0 }));
  });
});

describe("a 3xx without Location", () => {
  test.each([300, 304, 305, 399])(
    "%d is an InvalidResponseError and not called a redirect",
    async (status) => {
      const server = await serve(reply(status));
      const error = await rejectionOf<InvalidResponseError>(clientOf(server).customers.get("cus_1"));
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error).toMatchObject({ status, attempts: 1, outcome: "unknown", retryable: false });
      expect(error.message).toBe(`customers.get: ${status} The response has an unexpected status.`);
    },
  );
});

/** Bytes in use after a garbage collection. */
function memoryInUse(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe("an error response of 50 MB", () => {
  const chunk = Buffer.alloc(65_536, "x");
  let written = 0;
  let closed: Promise<boolean>;
  const flood: Handler = ({ response }) => {
    written = 0;
    closed = new Promise((resolve) => response.once("close", () => resolve(response.writableFinished)));
    response.writeHead(422, { "content-type": "text/plain" });
    const write = () => {
      while (written < 50_000_000 && !response.destroyed) {
        written += chunk.length;
        if (!response.write(chunk)) return void response.once("drain", write);
      }
      response.end();
    };
    write();
  };

  test("is read up to its limit, then the connection is closed", async () => {
    const server = await serve(flood);
    const error = await rejectionOf<ApiError>(clientOf(server).customers.create(person));
    expect(error).toMatchObject({ status: 422, outcome: "rejected", body: "x".repeat(65_536) });
    expect(await closed).toBe(false);
    expect(written).toBeLessThan(25_000_000);
  });

  test("keeps no more memory than the body on the error", async () => {
    const server = await serve(flood);
    const before = memoryInUse();
    const error = await rejectionOf(clientOf(server).customers.create(person));
    expect(memoryInUse() - before).toBeLessThan(8_000_000);
    expect(error).toMatchObject({ status: 422 });
  });

  test("is left alone after its limit even if it can't be canceled", async () => {
    const endless = new ReadableStream({
      pull: (stream) => stream.enqueue(new Uint8Array(10_000).fill(65)),
      cancel: () => Promise.reject(new Error("no")),
    });
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const onepay = new OnePay({ apiKey, fetch: async () => new Response(endless, { status: 422 }) });
    expect(await rejectionOf(onepay.customers.create(person))).toMatchObject({ body: "A".repeat(65_536) });
    await delay(5);
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("is left alone if it stalls and its cancel() never ends", async () => {
    const silent = new ReadableStream({
      start: (stream) => stream.enqueue(new Uint8Array(65_536).fill(65)),
      cancel: () => new Promise(() => {}),
    });
    const fetch = async () => new Response(silent, { status: 422 });
    const call = new OnePay({ apiKey, fetch, timeout: 500 }).customers.create(person);
    expect(await rejectionOf(call)).toMatchObject({ status: 422, body: "A".repeat(65_536) });
  });
});

describe("maxResponseBytes", () => {
  test("ends a compressed success that is larger after decompression, and closes the connection", async () => {
    const spaces = Buffer.alloc(1 << 20, " ");
    let megabytes = 0;
    let closed: Promise<void> | undefined;
    const server = await serve(({ response }) => {
      closed = new Promise((resolve) => response.once("close", () => resolve()));
      response.writeHead(201, { "content-type": "application/json", "content-encoding": "gzip" });
      const gzip = createGzip({ level: 1 });
      gzip.pipe(response);
      const write = () => {
        while (megabytes < 300 && !response.destroyed) {
          megabytes += 1;
          if (!gzip.write(spaces)) return void gzip.once("drain", write);
        }
        gzip.flush(); // The response never ends.
      };
      write();
    });
    const onepay = clientOf(server, { maxResponseBytes: 1_000_000 });
    const error = await rejectionOf<InvalidResponseError>(onepay.customers.create(person));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ status: 201, attempts: 1, outcome: "unknown", retryable: false });
    expect(error.message).toContain("The response is larger than 1000000 bytes. Raise maxResponseBytes");
    expect(error.body).toBe(" ".repeat(65_536));
    await closed;
    expect(megabytes).toBeLessThan(300);
  });

  test("is exact: a success of that many bytes is read, one byte more isn't", async () => {
    const text = JSON.stringify({ name: "Ñ".repeat(100) });
    const bytes = Buffer.byteLength(text);
    const server = await serve(reply(200, text));
    expect(await clientOf(server, { maxResponseBytes: bytes }).customers.get("cus_1")).toEqual(
      JSON.parse(text),
    );
    const call = clientOf(server).customers.get("cus_1", { maxResponseBytes: bytes - 1 });
    expect(await rejectionOf(call)).toBeInstanceOf(InvalidResponseError);
  });

  test("doesn't limit an error response", async () => {
    const server = await serve(reply(422, { message: "x".repeat(1_000), code: 7 }));
    const error = await rejectionOf(clientOf(server, { maxResponseBytes: 10 }).customers.get("cus_1"));
    expect(error).toMatchObject({ name: "UnprocessableEntityError", code: 7 });
  });

  test("leaves no large text in memory for the sake of the beginning on the error", async () => {
    const fetch = async () => new Response(" ".repeat(4_000_000));
    const onepay = new OnePay({ apiKey, fetch, maxResponseBytes: 3_000_000 });
    const before = memoryInUse();
    const errors: unknown[] = [];
    for (let index = 0; index < 10; index += 1) errors.push(await rejectionOf(onepay.customers.get("cus_1")));
    expect(memoryInUse() - before).toBeLessThan(8_000_000);
    expect(errors).toHaveLength(10);
  });

  test("applies to a response without a stream as well", async () => {
    const text = async () => JSON.stringify(customer);
    const fetch: Fetch = async () => ({ ok: true, status: 200, headers: new Headers(), text });
    const onepay = new OnePay({ apiKey, fetch });
    expect(await onepay.customers.get("cus_1")).toEqual(customer);
    const call = onepay.customers.get("cus_1", { maxResponseBytes: 10 });
    expect(await rejectionOf(call)).toBeInstanceOf(InvalidResponseError);
  });
});

describe("after a timeout or an abort", () => {
  const timeout = 1_000;
  /** Many wrappers of fetch pass on nothing but these. */
  const withoutSignal: Fetch = (url, { method, headers, body }) =>
    globalThis.fetch(url, { method, headers, ...(body && { body }) });

  test.each([
    ["the platform's fetch", undefined],
    ["a fetch that ignores its signal", withoutSignal],
  ])("the connection is closed with %s", async (_, fetch) => {
    let closed: Promise<void> | undefined;
    const server = await serve((exchange) => {
      closed = new Promise((resolve) => exchange.socket.once("close", () => resolve()));
      stallInBody(exchange);
    });
    const onepay = clientOf(server, { timeout, maxRetries: 0, ...(fetch && { fetch }) });
    expect(await rejectionOf(onepay.customers.get("cus_1"))).toMatchObject({ name: "TimeoutError" });
    await expect(closed).resolves.toBeUndefined();
  });

  test("the connection of a fetch that ignores its signal and responds later is closed", async () => {
    let closed: Promise<void> | undefined;
    const server = await serve((exchange) => {
      closed = new Promise((resolve) => exchange.socket.once("close", () => resolve()));
      setTimeout(() => stallInBody(exchange), 2 * timeout);
    });
    const onepay = clientOf(server, { timeout, maxRetries: 0, fetch: withoutSignal });
    expect(await rejectionOf(onepay.customers.get("cus_1"))).toMatchObject({ name: "TimeoutError" });
    await expect(closed).resolves.toBeUndefined();
  });

  const chunk = new TextEncoder().encode(" ".repeat(65_536));
  test.each(["a timeout", "an abort"])(
    "no further chunk of an endless body is read after %s",
    async (end) => {
      let chunks = 0;
      const canceled = vi.fn();
      const endless = () =>
        new ReadableStream(
          {
            async pull(controller) {
              await delay(1);
              chunks += 1;
              controller.enqueue(chunk);
            },
            cancel: canceled,
          },
          { highWaterMark: 0 },
        );
      const onepay = new OnePay({ apiKey, fetch: async () => new Response(endless()), maxRetries: 0 });
      const options = end === "a timeout" ? { timeout: 50 } : { signal: AbortSignal.timeout(50) };
      await rejectionOf(onepay.customers.get("cus_1", options));
      expect(canceled).toHaveBeenCalledTimes(1);
      const chunksAtEnd = chunks;
      await delay(60);
      expect(chunks - chunksAtEnd).toBeLessThanOrEqual(1);
    },
  );
});

describe("a body that ignores cancel()", () => {
  test("isn't read any further after the timeout", async () => {
    let reads = 0;
    const reader = {
      read: async () => {
        await delay(2);
        reads += 1;
        return { done: false, value: new Uint8Array(1) };
      },
      cancel: async () => {},
    };
    const body = { getReader: () => reader };
    const fetch = async () =>
      ({ ok: true, status: 200, headers: new Headers(), body }) as unknown as Response;
    const call = new OnePay({ apiKey, fetch, timeout: 50, maxRetries: 0 }).customers.get("cus_1");
    expect(await rejectionOf(call)).toMatchObject({ name: "TimeoutError" });
    const readsAtEnd = reads;
    await delay(60);
    expect(reads - readsAtEnd).toBeLessThanOrEqual(1);
  });
});

describe("error.requestId", () => {
  test("is the x-request-id of the response", async () => {
    const server = await serve(reply(422, { message: "no" }, { "x-request-id": "req_42" }));
    const error = await rejectionOf(clientOf(server).customers.create(person));
    expect(error).toMatchObject({ requestId: "req_42" });
  });

  test("is the one of the last attempt", async () => {
    const server = await serve(
      reply(503, undefined, { "x-request-id": "req_1" }),
      reply(503, undefined, { "x-request-id": "req_2" }),
    );
    const error = await rejectionOf(clientOf(server, { maxRetries: 1 }).customers.create(person));
    expect(error).toMatchObject({ requestId: "req_2", attempts: 2 });
  });

  test("of a success is in the headers that withResponse() returns", async () => {
    const server = await serve(reply(200, customer, { "x-request-id": "req_9" }));
    const { response } = await clientOf(server).customers.get("cus_1").withResponse();
    expect(response.headers.get("x-request-id")).toBe("req_9");
  });
});

describe("an id that would change the path", () => {
  // What a URL parser, a proxy or a router may read as a dot or a slash, in all combinations.
  const dots = [".", "%2e", "%2E", "%252e"];
  const slashes = ["/", "\\", "%2f", "%2F", "%5c", "%252f"];
  const segments = [...dots, ...dots.flatMap((one) => dots.map((two) => one + two))];
  const traversals = segments.flatMap((dot) =>
    slashes.flatMap((slash) => [dot + slash, slash + dot, `cus${slash}${dot}`]),
  );
  const controls = Array.from({ length: 0x21 }, (_, code) => String.fromCharCode(code));
  const spaces = [
    "\x7f",
    "\x85",
    "\xa0",
    "\u1680",
    "\u2003",
    "\u200b",
    "\u202e",
    "\u2028",
    "\u3000",
    "\ufeff",
  ];
  const invisible = [...controls, ...spaces, "\ud800", "\udc00"].flatMap((one) => [
    one,
    `cus${one}`,
    `${one}cus`,
    `c${one}us`,
    `.${one}.`,
  ]);
  const ids = [...segments, ...traversals, ...invisible];

  type Method = (id: unknown, ...rest: unknown[]) => Promise<unknown>;
  const withId = Object.entries<Operation>(operations).filter(
    ([, { path, headers }]) => path.includes("{") && !headers?.customerToken,
  );

  test.each(withId)("is refused by %s before anything is sent", async (_, { resource, name }) => {
    const fetch = vi.fn();
    const onepay = new OnePay({ apiKey, fetch });
    const method = (onepay[resource as "customers"] as unknown as Record<string, Method>)[name] as Method;
    expect(ids.length).toBeGreaterThan(300);
    for (const id of ids) {
      const error = await rejectionOf<Error>(method(id, { amount: 1 }));
      expect(error, JSON.stringify(id)).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/customer_id has a character that would change the path/);
    }
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("rejections", () => {
  test("of withResponse() and of an iterator are never unhandled", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const server = await serve(reply(422));
    const { customers } = clientOf(server);
    await rejectionOf(customers.get("").withResponse());
    await rejectionOf(customers.create(person).withResponse());
    await rejectionOf(customers.list()[Symbol.asyncIterator]().next());
    await delay(5);
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
