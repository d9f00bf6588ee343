import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import * as undici from "undici";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { OnePay, type OnePayError } from "../../src/index.js";
import type { OnePayOptions } from "../../src/types.js";
import { apiKey, clientOf, person, rejectionOf, reply, serve } from "./server.js";

const { Agent, RetryAgent, getGlobalDispatcher, interceptors, setGlobalDispatcher } = undici;

// The platform's fetch uses undici's global dispatcher, even if another copy of undici sets it.
let original: undici.Dispatcher;
beforeEach(() => {
  original = getGlobalDispatcher();
});
afterEach(() => setGlobalDispatcher(original));

const retryPost = { maxRetries: 2, minTimeout: 10, methods: ["GET", "POST", "DELETE"] as const };
const createRetryAgent = () => new RetryAgent(new Agent(), { ...retryPost, methods: [...retryPost.methods] });
const createComposed = () =>
  new Agent().compose(interceptors.retry({ ...retryPost, methods: [...retryPost.methods] }));

/** Receives one request, breaks its connection, and refuses all later ones. */
async function serveOnce() {
  const received = { count: 0 };
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      received.count += 1;
      server.close();
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, received };
}

const body = { amount: 5_000, concept: "Recarga" };
const topUp = (onepay: OnePay) => onepay.customers.topUp("cus_1", body);

describe("a dispatcher that retries on its own", () => {
  test.each([
    ["a RetryAgent", createRetryAgent],
    ["a composed dispatcher", createComposed],
  ])("makes the outcome unknown if it's the global one: %s", async (_, create) => {
    setGlobalDispatcher(create());
    const { url, received } = await serveOnce();
    const error = await rejectionOf<OnePayError>(topUp(clientOf({ url }, { maxRetries: 0 })));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
    expect(received.count).toBe(1);
  });

  test.each([
    ["a RetryAgent", createRetryAgent],
    ["a composed dispatcher", createComposed],
  ])("makes the outcome of a 404 unknown if it's in fetchOptions: %s", async (_, create) => {
    const server = await serve(reply(404, {}));
    const onepay = clientOf(server, { fetchOptions: { dispatcher: create() } });
    expect(await rejectionOf(topUp(onepay))).toMatchObject({ name: "NotFoundError", outcome: "unknown" });
  });

  test("makes the outcome unknown with undici's own fetch, too", async () => {
    const { url } = await serveOnce();
    const options: OnePayOptions = { fetch: undici.fetch, fetchOptions: { dispatcher: createRetryAgent() } };
    const error = await rejectionOf<OnePayError>(topUp(clientOf({ url }, { maxRetries: 0, ...options })));
    expect(error.outcome).toBe("unknown");
  });

  test("doesn't matter for a read, which has no effect", async () => {
    setGlobalDispatcher(createRetryAgent());
    const server = await serve(reply(404, {}));
    const error = await rejectionOf(clientOf(server).customers.get("cus_1"));
    expect(error).toMatchObject({ name: "NotFoundError", outcome: "rejected" });
  });
});

describe("a dispatcher that sends each request once", () => {
  test("leaves the outcome rejected, as the global one and in fetchOptions", async () => {
    setGlobalDispatcher(new Agent());
    const server = await serve(reply(404, {}));
    const rejected = { name: "NotFoundError", outcome: "rejected" };
    expect(await rejectionOf(topUp(clientOf(server)))).toMatchObject(rejected);
    const fetchOptions = { dispatcher: new Agent({ connections: 1 }) };
    expect(await rejectionOf(topUp(clientOf(server, { fetchOptions })))).toMatchObject(rejected);
    expect(await rejectionOf(topUp(clientOf(server, { fetch: undici.fetch })))).toMatchObject(rejected);
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests.map((request) => request.body))).toEqual(new Set([JSON.stringify(body)]));
  });
});

describe("a limit of the platform that's shorter than the timeout", () => {
  test("is a TimeoutError that names it", async () => {
    setGlobalDispatcher(new Agent({ headersTimeout: 300 }));
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    const onepay = clientOf({ url: `http://127.0.0.1:${port}` }, { maxRetries: 0, timeout: 40_000 });
    const error = await rejectionOf<OnePayError>(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown", retryable: true });
    expect(error.message).toContain(
      "timed out at a limit of the platform's fetch, before the timeout of 40000 ms (1 attempt).",
    );
  });
});

test("undici's fetch and dispatcher fit the options without a cast", () => {
  const options: OnePayOptions = { apiKey, fetch: undici.fetch, fetchOptions: { dispatcher: new Agent() } };
  expect(() => new OnePay(options)).not.toThrow();
});
