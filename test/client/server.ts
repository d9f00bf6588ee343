/** Real servers on loopback, and what the tests of the client share. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, onTestFinished, vi } from "vitest";
import { OnePay } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";

/** A request as it arrived, body included. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the server handles one request, once all of it has arrived. */
export type Handler = (exchange: {
  response: ServerResponse;
  socket: Socket;
  request: ReceivedRequest;
}) => void;

/** Sends a complete response. A body that isn't a string is sent as JSON. */
export const reply =
  (status: number, body?: unknown, headers: Record<string, string> = {}): Handler =>
  ({ response }) => {
    const type = body === undefined ? {} : { "content-type": "application/json" };
    response.writeHead(status, { ...type, ...headers });
    response.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
  };

/** Breaks the connection with a TCP reset, before the first byte of a response. */
export const reset: Handler = ({ socket }) => socket.resetAndDestroy();

/** Receives the request and never responds. */
export const stall: Handler = () => {};

/** Announces a longer body than it sends, and then sends nothing more. */
export const stallInBody: Handler = ({ response }) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"id":"cus_1","first_name":"An');
};

/** Announces a longer body than it sends, and then breaks the connection. */
export const breakInBody: Handler = (exchange) => {
  stallInBody(exchange);
  // Later, so that the headers and half of the body arrive before the reset.
  setTimeout(() => exchange.socket.resetAndDestroy(), 20);
};

export interface Server {
  /** For the client's `baseUrl`. */
  readonly url: string;
  /** All requests so far, in their order. */
  readonly requests: ReceivedRequest[];
}

/** Starts a server on loopback with one handler per request; the last one handles the rest. It stops with the test. */
export async function serve(...handlers: Handler[]): Promise<Server> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const { method = "", url: path = "", headers, socket } = incoming;
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      return; // The client closed the connection while it sent.
    }
    const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
    requests.push(request);
    const handler = handlers[Math.min(requests.length, handlers.length) - 1];
    handler?.({ response, socket, request });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 2_000, resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, requests };
}

/** The URL of a port on which nothing listens, so that connections are refused. */
export async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/v1`;
}

export const apiKey = "sk_test_loopback";

/** A client of that server. */
export const clientOf = ({ url }: { url: string }, options: OnePayOptions = {}): OnePay =>
  new OnePay({ apiKey, baseUrl: url, ...options });

/** An invented person. */
export const person = {
  user_type: "natural",
  first_name: "Zoraida",
  last_name: "Quintana",
  email: "zoraida.quintana@example.com",
  phone: "+573000000099",
  document_type: "CC",
  document_number: "9900112233",
} as const;

export const customer = { id: "cus_1", ...person };

/** In a file or a group: no jitter, so retries are sent immediately. */
export function retryImmediately(): void {
  beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
  afterEach(() => void vi.restoreAllMocks());
}

/** What happens to one request without a network: a status, an error code of the platform, or what a function returns. */
export type Step = number | string | (() => unknown);

/** A fetch without a network: one step per request, the last one for the rest. */
export function fetchWith(...steps: Step[]) {
  let requests = 0;
  return vi.fn<Fetch>(async () => {
    requests += 1;
    const step = steps[Math.min(requests, steps.length) - 1];
    if (typeof step === "string") throw fetchError(step);
    if (typeof step === "function") return (await step()) as Response;
    return Response.json(customer, { status: step ?? 200 });
  });
}

/** Never settles, like a fetch that ignores its signal. */
export const never = () => new Promise<never>(() => {});

const encode = (text: string) => new TextEncoder().encode(text);

/** A response whose body fails with the error after the text. */
export function brokenResponse(error: unknown, text = "", init?: ResponseInit): Response {
  const chunks = text === "" ? [] : [encode(text)];
  const pull = (stream: ReadableStreamDefaultController) => {
    const chunk = chunks.shift();
    if (chunk) stream.enqueue(chunk);
    else stream.error(error);
  };
  return new Response(new ReadableStream({ pull }), init);
}

/** A response whose body never continues after the text. */
export const stalledResponse = (text: string, init?: ResponseInit): Response =>
  new Response(new ReadableStream({ start: (stream) => stream.enqueue(encode(text)) }), init);

/** A client of that fetch, and its events. */
export function recordingClient(fetch: Fetch, options: OnePayOptions = {}) {
  const events: OnePayEvent[] = [];
  const onepay = new OnePay({ apiKey, fetch, onEvent: (event) => events.push(event), ...options });
  return { events, onepay, types: () => events.map(({ type }) => type) };
}

/** The statuses of error responses. */
export const errorStatuses = Array.from({ length: 200 }, (_, index) => 400 + index);
export const serverErrors = errorStatuses.filter((status) => status >= 500);

/** The rejections that are unhandled after the function has ended. */
export async function unhandledRejections(run: () => Promise<unknown>): Promise<unknown[]> {
  const reasons: unknown[] = [];
  const listener = (reason: unknown) => void reasons.push(reason);
  process.on("unhandledRejection", listener);
  await run();
  // Node.js emits the event later.
  await delay(5);
  process.off("unhandledRejection", listener);
  return reasons;
}

export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/** The reason with which a promise rejects. It throws if the promise resolves. */
export async function rejectionOf<T = unknown>(promise: Promise<unknown>): Promise<T> {
  const resolved = Symbol("resolved");
  const reason = await promise.then(
    () => resolved,
    (error) => error,
  );
  if (reason === resolved) throw new Error("The promise was expected to reject, and it resolved.");
  return reason as T;
}

/** The error of a failed fetch, as Node.js creates it. */
export const fetchError = (code: unknown) =>
  Object.assign(new TypeError("fetch failed"), { cause: { code } });
