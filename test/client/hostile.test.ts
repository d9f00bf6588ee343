import { setTimeout as delay } from "node:timers/promises";
import { createGzip } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { operations } from "../../generated/operations.js";
import { type ApiError, InvalidResponseError, OnePay, RedirectError } from "../../src/index.js";
import type { Fetch, OnePayOptions, Operation } from "../../src/types.js";
import {
  apiKey,
  breakInBody,
  brokenResponse,
  clientOf,
  collectGarbage,
  customer,
  fetchWith,
  type Handler,
  person,
  recordingClient,
  rejectionOf,
  reply,
  reset,
  retryImmediately,
  serve,
  stall,
  stalledResponse,
  stallInBody,
  unhandledRejections,
} from "./server.js";

retryImmediately();

const html = { "content-type": "text/html" };
const signInPage = reply(200, "<html>Sign in to the Wi-Fi</html>", html);
// Enough for a connection on a busy machine.
const timeout = 1_000;

describe("a server that fails", () => {
  const page = "<html><h1>Bad gateway for Zoraida</h1></html>";
  const unknown = (name: string, attempts: number) => ({ name, attempts, outcome: "unknown" });
  const beginning = '{"id":"cus_1","first_name":"An';
  const brokenOff = { status: 200, body: beginning, cause: expect.any(Error) };

  test.each<[string, Handler, OnePayOptions, object]>([
    [
      "with an empty 500",
      reply(500),
      {},
      { ...unknown("ServerError", 3), status: 500, body: "", fields: {} },
    ],
    [
      "with a 502 page in HTML",
      reply(502, page, html),
      {},
      { ...unknown("ServerError", 3), body: page, message: expect.not.stringContaining("html") },
    ],
    ["with a 422", reply(422), {}, { name: "UnprocessableEntityError", attempts: 1, outcome: "rejected" }],
    ["with a redirect", reply(307, undefined, { location: "/" }), {}, unknown("RedirectError", 1)],
    ["with half of an object", reply(200, "{"), {}, unknown("InvalidResponseError", 1)],
    ["by resetting the connection", reset, {}, unknown("ConnectionError", 3)],
    ["by never sending headers", stall, { timeout, maxRetries: 0 }, unknown("TimeoutError", 1)],
    [
      "by stalling in the body of a success",
      stallInBody,
      { timeout, maxRetries: 0 },
      unknown("TimeoutError", 1),
    ],
    [
      "by breaking off in the body of a success",
      breakInBody,
      {},
      { ...unknown("InvalidResponseError", 3), ...brokenOff },
    ],
  ])(
    "%s gets each attempt of a POST with the idempotency key of the error and the same bytes",
    async (_, handler, options, expected) => {
      const server = await serve(handler);
      const error = await rejectionOf<ApiError>(clientOf(server, options).customers.create(person));
      expect(error).toMatchObject(expected);
      expect([error.code, error.codeName]).toEqual([undefined, undefined]);
      expect(error.idempotencyKey).toMatch(/^[\da-f-]{36}$/);
      expect(server.requests.map(({ headers, body }) => [headers["x-idempotency"], body])).toEqual(
        Array(error.attempts).fill([error.idempotencyKey, JSON.stringify(person)]),
      );
    },
  );

  test.each<[string, Handler[]]>([
    ["with a 503", [reply(503)]],
    ["by breaking off in the body of a success", [breakInBody]],
    ["by a reset and a 503", [reset, reply(503)]],
  ])("%s and then succeeds returns the customer, with one idempotency key", async (_, handlers) => {
    const server = await serve(...handlers, reply(201, customer));
    const { data, attempts, idempotencyKey } = await clientOf(server).customers.create(person).withResponse();
    expect([data, attempts]).toEqual([customer, handlers.length + 1]);
    expect(server.requests.map(({ headers }) => headers["x-idempotency"])).toEqual(
      Array(attempts).fill(idempotencyKey),
    );
  });

  test("with another x-request-id in each attempt: the error has the one of the last attempt", async () => {
    const ids = ["req_1", "req_2"];
    const fetch = fetchWith(
      () => new Response(null, { status: 503, headers: { "x-request-id": String(ids.shift()) } }),
    );
    const error = await rejectionOf(new OnePay({ apiKey, fetch, maxRetries: 1 }).customers.get("cus_1"));
    expect(error).toMatchObject({ requestId: "req_2", attempts: 2 });
  });
});

describe("an error response with an incomplete body", () => {
  const body = '{"errors":{"ema';
  const partial: Handler = ({ response }) => {
    response.writeHead(422, { "content-type": "application/json", "content-length": "500" });
    response.write(body);
  };
  const rejected = { name: "UnprocessableEntityError", status: 422, attempts: 1, outcome: "rejected", body };

  test("keeps its status and the cause if the body breaks off", async () => {
    const server = await serve((exchange) => {
      partial(exchange);
      setTimeout(() => exchange.socket.resetAndDestroy(), 20);
    });
    const error = await rejectionOf(clientOf(server).customers.create(person));
    expect(error).toMatchObject({ ...rejected, cause: expect.any(Error) });
  });

  test("keeps its status if the body stalls: a 422 is rejected and sent once", async () => {
    const server = await serve(partial);
    const error = await rejectionOf(clientOf(server, { timeout }).customers.create(person));
    expect(error).toMatchObject(rejected);
    expect(server.requests).toHaveLength(1);
  });

  test.each<[string, ResponseInit, OnePayOptions, object]>([
    [
      "a 401 is rejected",
      { status: 401 },
      { timeout: 50 },
      { name: "UnauthorizedError", outcome: "rejected" },
    ],
    [
      "a redirect is a RedirectError",
      { status: 302, headers: { location: "/" } },
      { timeout: 50 },
      { name: "RedirectError" },
    ],
  ])(
    "keeps its status if the body of a one-time password's response stalls: %s",
    async (_, init, options, expected) => {
      const { onepay } = recordingClient(
        fetchWith(() => stalledResponse(body, init)),
        options,
      );
      const error = await rejectionOf(onepay.customerSessions.verify({ phone: person.phone, otp: "271828" }));
      expect(error).toMatchObject({ status: init.status, attempts: 1, ...expected });
    },
  );

  test("keeps its status if the deadline ends it, even if the call could be retried", async () => {
    const fetch = fetchWith(() => stalledResponse(body, { status: 503 }));
    const error = await rejectionOf(new OnePay({ apiKey, fetch, deadline: 50 }).customers.create(person));
    expect(error).toMatchObject({ name: "ServerError", status: 503, attempts: 1, outcome: "unknown" });
  });

  test("is retried after its Retry-After if the body stalls", async () => {
    const busy = () => stalledResponse(body, { status: 429, headers: { "retry-after": "0.1" } });
    const { onepay, events } = recordingClient(fetchWith(busy, 200), { timeout: 50 });
    expect(await onepay.customers.get("cus_1")).toEqual(customer);
    expect(events).toContainEqual(expect.objectContaining({ type: "retry", reason: "429", delay: 100 }));
  });
});

describe("a success that can't be used", () => {
  test.each<[string, Handler]>([
    ["truncated JSON", reply(201, '{"id":"cus_1","first_na')],
    ["an empty body", reply(201)],
    ["a page in HTML", signInPage],
    ["HTML that claims to be JSON", reply(200, "<html></html>")],
    ["JSON that claims to be HTML", reply(200, customer, { "content-type": "text/html; charset=utf-8" })],
  ])("is an InvalidResponseError with outcome unknown, sent once: %s", async (_, handler) => {
    const server = await serve(handler);
    const error = await rejectionOf<InvalidResponseError>(clientOf(server).customers.create(person));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown", retryable: false });
    expect(error.idempotencyKey).toBe(server.requests[0]?.headers["x-idempotency"]);
    expect(error.responseHeaders).toBeInstanceOf(Headers);
    expect(server.requests).toHaveLength(1);
  });

  test("is an InvalidResponseError for a DELETE too: only an empty body means that it's deleted", async () => {
    const error = await rejectionOf(clientOf(await serve(signInPage)).customers.delete("cus_1"));
    expect(error).toBeInstanceOf(InvalidResponseError);
  });

  test.each<[string, string, (onepay: OnePay) => Promise<unknown>]>([
    ["after what could be all of it", "12", ({ customers }) => customers.create(person)],
    ["before its first byte, for a DELETE", "", ({ customers }) => customers.delete("cus_1")],
  ])("is an InvalidResponseError if it breaks off %s", async (_, text, call) => {
    const cause = new TypeError("terminated");
    const json = { headers: { "content-type": "application/json" } };
    const fetch = fetchWith(() => brokenResponse(cause, text, json));
    const error = await rejectionOf(call(new OnePay({ apiKey, fetch, maxRetries: 0 })));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ outcome: "unknown", cause });
  });

  test("keeps status, headers and the first 65,536 characters of the body", async () => {
    const long = `<html>${"x".repeat(100_000)}`;
    const server = await serve(reply(203, long, { ...html, "x-request-id": "req_7" }));
    const error = await rejectionOf<InvalidResponseError>(clientOf(server).customers.get("cus_1"));
    expect(error).toMatchObject({ status: 203, requestId: "req_7", body: long.slice(0, 65_536) });
    expect(error.responseHeaders.get("content-type")).toBe("text/html");
  });
});

describe("a success", () => {
  test.each(["application/json; charset=utf-8", "application/problem+json", "Application/JSON", undefined])(
    "is JSON if the media type is %s",
    async (type) => {
      const server = await serve(({ response }) => {
        if (type) response.setHeader("content-type", type);
        response.end(JSON.stringify(customer));
      });
      expect(await clientOf(server).customers.get("cus_1")).toEqual(customer);
    },
  );

  test("of a DELETE returns its body if it has one", async () => {
    const { customers } = clientOf(await serve(reply(200, { deleted: true })));
    expect(await customers.delete("cus_1")).toEqual({ deleted: true });
  });

  test.each<[string, number, (onepay: OnePay) => Promise<unknown>]>([
    ["a DELETE", 204, ({ customers }) => customers.delete("cus_1")],
    ["a DELETE", 200, ({ customers }) => customers.delete("cus_1")],
    ["a read", 204, ({ customers }) => customers.getBalance("cus_1")],
  ])("of %s with an empty %d returns undefined", async (_, status, call) => {
    const server = await serve(reply(status, status === 200 ? "" : undefined, status === 200 ? html : {}));
    expect(await call(clientOf(server))).toBeUndefined();
  });

  test("of a read returns undefined for a 205", async () => {
    const onepay = new OnePay({ apiKey, fetch: fetchWith(() => new Response(null, { status: 205 })) });
    expect(await onepay.customers.getBalance("cus_1")).toBeUndefined();
  });

  test("is read to its end if it's longer than the limit of an error body", async () => {
    const long = { ...customer, notes: "x".repeat(300_000) };
    expect(await clientOf(await serve(reply(200, long))).customers.get("cus_1")).toEqual(long);
  });

  test("is the same if the network splits it in the middle of a character", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ name: "Ñandú 😀" }));
    const start = (stream: ReadableStreamDefaultController) => {
      for (const byte of bytes) stream.enqueue(Uint8Array.of(byte));
      stream.close();
    };
    const fetch = fetchWith(() => new Response(new ReadableStream({ start })));
    expect(await new OnePay({ apiKey, fetch }).customers.get("cus_1")).toEqual({ name: "Ñandú 😀" });
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

  test("of a GET isn't followed, not even on the same origin, and the error has its body", async () => {
    const to = { location: "/v1/customers/cus_2" };
    const server = await serve(reply(399, { to: "elsewhere" }, to), reply(200, customer));
    const error = await rejectionOf(clientOf(server).customers.get("cus_1"));
    expect(error).toMatchObject({ name: "RedirectError", body: { to: "elsewhere" } });
    expect(server.requests).toHaveLength(1);
  });

  test("is a RedirectError with status 0 in browsers, which hide it", async () => {
    const opaque = Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" } });
    const { onepay, events } = recordingClient(fetchWith(() => opaque));
    const error = await rejectionOf<RedirectError>(onepay.customers.create(person));
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ status: 0, attempts: 1, outcome: "unknown" });
    expect(events).toContainEqual(expect.objectContaining({ type: "response", status: 0 }));
  });
});

test.each([300, 304, 305, 399])(
  "a %d without Location is an InvalidResponseError and not called a redirect",
  async (status) => {
    const error = await rejectionOf(clientOf(await serve(reply(status))).customers.get("cus_1"));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ status, attempts: 1, outcome: "unknown", retryable: false });
    expect(error).toMatchObject({
      message: `customers.get: ${status} The response has an unexpected status.`,
    });
  },
);

/** Bytes in use after a garbage collection. */
function memoryInUse(): number {
  collectGarbage();
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
    await expect.poll(() => memoryInUse() - before, { timeout: 10_000 }).toBeLessThan(8_000_000);
    expect(error).toMatchObject({ status: 422 });
  });

  test("is left alone after its limit even if it can't be canceled", async () => {
    const endless = new ReadableStream({
      pull: (stream) => stream.enqueue(new Uint8Array(10_000).fill(65)),
      cancel: () => Promise.reject(new Error("no")),
    });
    const onepay = new OnePay({ apiKey, fetch: async () => new Response(endless, { status: 422 }) });
    const unhandled = await unhandledRejections(async () => {
      expect(await rejectionOf(onepay.customers.create(person))).toMatchObject({ body: "A".repeat(65_536) });
    });
    expect(unhandled).toEqual([]);
  });

  test("is left alone if it stalls and its cancel() never ends", async () => {
    const silent = new ReadableStream({
      start: (stream) => stream.enqueue(new Uint8Array(65_536).fill(65)),
      cancel: () => new Promise(() => {}),
    });
    const fetch = async () => new Response(silent, { status: 422 });
    const call = new OnePay({ apiKey, fetch, timeout: 50 }).customers.create(person);
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
    // Some buffers are released a moment later; the texts would be kept as long as the errors.
    await expect.poll(() => memoryInUse() - before, { timeout: 10_000 }).toBeLessThan(8_000_000);
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
  /** Many wrappers of fetch pass on nothing but these. */
  const withoutSignal: Fetch = (url, { method, headers, body }) =>
    globalThis.fetch(url, { method, headers, ...(body && { body }) });
  const platformFetch = globalThis.fetch as Fetch;

  type End = "TimeoutError" | "AbortError";
  test.each<[string, End, "before" | "after", Fetch]>([
    ["the platform's fetch", "AbortError", "after", platformFetch],
    ["a fetch that ignores its signal", "AbortError", "after", withoutSignal],
    ["a fetch that ignores its signal", "TimeoutError", "after", withoutSignal],
    ["a fetch that ignores its signal", "AbortError", "before", withoutSignal],
  ])("the connection is closed with %s: %s %s the response", async (_, name, phase, fetch) => {
    const controller = new AbortController();
    const abort = () => void (name === "AbortError" && controller.abort());
    let closed: Promise<void> | undefined;
    const server = await serve((exchange) => {
      closed = new Promise((resolve) => exchange.socket.once("close", () => resolve()));
      if (phase === "before") abort();
      setTimeout(() => stallInBody(exchange), phase === "before" ? 50 : 0);
    });
    const abortingFetch: Fetch = async (url, init) => {
      const response = await fetch(url, init);
      setImmediate(abort);
      return response;
    };
    const onepay = clientOf(server, { timeout, maxRetries: 0, fetch: abortingFetch });
    const call = onepay.customers.get("cus_1", { signal: controller.signal });
    expect(await rejectionOf(call)).toMatchObject({ name });
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

describe("an id that would change the path", () => {
  // What a URL parser, a proxy or a router may read as a dot or a slash, in all combinations.
  const dots = [".", "%2e", "%2E", "%252e"];
  const slashes = ["/", "\\", "%2f", "%2F", "%5c", "%252f"];
  const segments = [...dots, ...dots.flatMap((one) => dots.map((two) => one + two))];
  const traversals = segments.flatMap((dot) =>
    slashes.flatMap((slash) => [dot + slash, slash + dot, `cus${slash}${dot}`]),
  );
  const controls = Array.from({ length: 0x21 }, (_, code) => String.fromCharCode(code));
  const spaces = [..."\x7f\x85\xa0\u1680\u2003\u200b\u202e\u2028\u3000\ufeff"];
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
