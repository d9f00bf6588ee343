import { createServer } from "node:net";
import * as undici from "undici";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { OnePay } from "../../src/index.js";
import type { OnePayOptions } from "../../src/types.js";
import { apiKey, clientOf, rejectionOf, reply, serve, stall } from "./server.js";

const { Agent, RetryAgent, getGlobalDispatcher, interceptors, setGlobalDispatcher } = undici;

// The platform's fetch uses undici's global dispatcher, even if another copy of undici sets it.
let original: undici.Dispatcher;
beforeEach(() => {
  original = getGlobalDispatcher();
});
afterEach(() => setGlobalDispatcher(original));

const retryPost = (): undici.RetryHandler.RetryOptions => ({
  maxRetries: 2,
  minTimeout: 10,
  methods: ["GET", "POST", "DELETE"],
});
const createRetryAgent = () => new RetryAgent(new Agent(), retryPost());
const createComposed = () => new Agent().compose(interceptors.retry(retryPost()));

/** Receives one request, breaks its connection, and refuses all later ones. */
async function serveOnce() {
  const received = { count: 0 };
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      received.count += 1;
      server.close();
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/v1`, received };
}

const body = { amount: 5_000, concept: "Recarga" };
const topUp = (onepay: OnePay) => rejectionOf(onepay.customers.topUp("cus_1", body));

describe("a dispatcher that retries on its own", () => {
  test.each([
    ["a RetryAgent", createRetryAgent],
    ["a composed dispatcher", createComposed],
  ])("makes the outcome unknown, globally and in fetchOptions: %s", async (_, create) => {
    const server = await serve(reply(404, {}));
    const onepay = clientOf(server, { fetchOptions: { dispatcher: create() } });
    expect(await topUp(onepay)).toMatchObject({ name: "NotFoundError", outcome: "unknown" });
    setGlobalDispatcher(create());
    const { url, received } = await serveOnce();
    const error = await topUp(clientOf({ url }, { maxRetries: 0 }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
    expect(received.count).toBe(1);
  });

  test("makes the outcome unknown with undici's own fetch, too", async () => {
    const options = { fetch: undici.fetch, fetchOptions: { dispatcher: createRetryAgent() }, maxRetries: 0 };
    expect(await topUp(clientOf(await serveOnce(), options))).toMatchObject({ outcome: "unknown" });
  });

  test("doesn't matter for a read, which has no effect", async () => {
    setGlobalDispatcher(createRetryAgent());
    const server = await serve(reply(404, {}));
    const error = await rejectionOf(clientOf(server).customers.get("cus_1"));
    expect(error).toMatchObject({ name: "NotFoundError", outcome: "rejected" });
  });
});

test("a dispatcher that sends each request once leaves the outcome rejected", async () => {
  setGlobalDispatcher(new Agent());
  const server = await serve(reply(404, {}));
  const fetchOptions = { dispatcher: new Agent({ connections: 1 }) };
  for (const options of [{}, { fetchOptions }, { fetch: undici.fetch }])
    expect(await topUp(clientOf(server, options))).toMatchObject({
      name: "NotFoundError",
      outcome: "rejected",
    });
  expect(server.requests.map((request) => request.body)).toEqual(Array(3).fill(JSON.stringify(body)));
});

test("a limit of the platform that's shorter than the timeout is a TimeoutError that names it", async () => {
  setGlobalDispatcher(new Agent({ headersTimeout: 300 }));
  const error = await topUp(clientOf(await serve(stall), { maxRetries: 0, timeout: 40_000 }));
  expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown", retryable: true });
  expect((error as Error).message).toContain(
    "timed out at a limit of the platform's fetch, before the timeout of 40000 ms (1 attempt).",
  );
});

test("undici's fetch and dispatcher fit the options without a cast", () => {
  const options: OnePayOptions = { apiKey, fetch: undici.fetch, fetchOptions: { dispatcher: new Agent() } };
  expect(() => new OnePay(options)).not.toThrow();
});
