import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request with its whole body. */
export interface ReceivedRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with a request. */
export type Handler = (response: ServerResponse, request: ReceivedRequest) => void;

export interface LocalServer {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
}

/** A server on loopback for one test. It handles each request with the next handler, and repeats the last one. */
export async function serve(...handlers: Handler[]): Promise<LocalServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    response.on("error", () => {});
    const { url = "", headers } = incoming;
    let body = "";
    for await (const chunk of incoming) body += chunk;
    const request = { url, headers, body };
    requests.push(request);
    handlers[Math.min(requests.length, handlers.length) - 1]?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests };
}

/** Responds in full. A body that isn't a string is sent as JSON. */
export const reply =
  (status: number, body?: unknown, headers: Record<string, string> = {}): Handler =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
  };
