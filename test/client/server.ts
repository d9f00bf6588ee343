import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";
import { OnePay } from "../../src/index.js";
import type { OnePayOptions } from "../../src/types.js";

/** A request as it arrived, body included. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with one request, once all of it has arrived. */
export type Step = (exchange: { response: ServerResponse; socket: Socket; seen: Seen }) => void;

/** Answers in full. A body that is no text is sent as JSON. */
export const reply =
  (status: number, body?: unknown, headers: Record<string, string> = {}): Step =>
  ({ response }) => {
    const type = body === undefined ? {} : { "content-type": "application/json" };
    response.writeHead(status, { ...type, ...headers });
    response.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
  };

/** The connection breaks with a TCP reset, and not a byte of an answer. */
export const reset: Step = ({ socket }) => socket.resetAndDestroy();

/** The request has arrived, and nothing ever happens. */
export const stall: Step = () => {};

/** Promises a longer body than it sends, then falls silent. */
export const stallInBody: Step = ({ response }) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"id":"cus_1","first_name":"An');
};

/** Promises a longer body than it sends, then breaks the connection. */
export const breakInBody: Step = (exchange) => {
  stallInBody(exchange);
  // Later, so that the head and the half body arrive before the reset.
  setTimeout(() => exchange.socket.resetAndDestroy(), 20);
};

export interface Server {
  /** For the client's `baseUrl`. */
  readonly url: string;
  /** All requests so far, in their order. */
  readonly requests: Seen[];
}

/** A real server on loopback that takes one step a request, the last one again and again. It ends with the test. */
export async function serve(...steps: Step[]): Promise<Server> {
  const requests: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url: path = "", headers, socket } = request;
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // The client went away while it sent.
    }
    const seen = { method, path, headers, body: Buffer.concat(chunks).toString() };
    requests.push(seen);
    const step = steps[Math.min(requests.length, steps.length) - 1];
    step?.({ response, socket, seen });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 2_000, resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, requests };
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

/** What the promise rejects with; that it rejects is part of the claim. */
export async function faultOf<T = unknown>(promise: Promise<unknown>): Promise<T> {
  const nothing = Symbol("nothing");
  const fault = await promise.then(
    () => nothing,
    (error) => error,
  );
  if (fault === nothing) throw new Error("The promise was expected to reject, and it resolved.");
  return fault as T;
}
