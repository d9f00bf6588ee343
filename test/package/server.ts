// A server on loopback that responds like OnePay: a created customer, two pages, an error, a redirect, silence. It
// records the requests for the tests.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { root } from "../../scripts/cli.js";

/** A request, as far as it must be the same for all consumers. */
export interface ReceivedRequest {
  request: string;
  idempotencyKey?: string;
  body?: unknown;
  /** The client hung up before the response was complete. */
  isClosedByClient?: true;
}

export interface Server {
  baseUrl: string;
  requests: ReceivedRequest[];
  /** Headers that OnePay would refuse. */
  wrongHeaders: string[];
  close(): void;
}

export async function startServer(): Promise<Server> {
  const requests: ReceivedRequest[] = [];
  const wrongHeaders: string[] = [];
  const server = createServer(async (request, response) => {
    const path = (request.url ?? "/").replace(/^\/v1/, "");
    const received: ReceivedRequest = { request: `${request.method} ${path}` };
    requests.push(received);
    for (const [name, expected] of Object.entries(requiredHeaders)) {
      const value = request.headers[name];
      if (value !== expected) wrongHeaders.push(`${received.request}: ${name}: ${value}`);
    }
    const idempotencyKey = request.headers["x-idempotency"];
    if (typeof idempotencyKey === "string") received.idempotencyKey = idempotencyKey;
    const body = await readText(request);
    if (body) received.body = JSON.parse(body);
    response.on("close", () => {
      if (!response.writableFinished) received.isClosedByClient = true;
    });
    respond(received, response);
  });
  const origin = await listen(server);
  return { baseUrl: `${origin}/v1`, requests, wrongHeaders, close: () => closeNow(server) };
}

/** Serves the files of a folder to a browser. */
export async function startFileServer(folder: string): Promise<{ url: string; close(): void }> {
  const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript" };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://loopback");
    const file = pathname === "/" ? "index.html" : pathname;
    const type = types[extname(file)];
    if (!type) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": type }).end(readFileSync(join(folder, file)));
  });
  return { url: await listen(server), close: () => closeNow(server) };
}

type HttpServer = ReturnType<typeof createServer>;

async function listen(server: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closeNow(server: HttpServer): void {
  server.close();
  server.closeAllConnections();
}

const requiredHeaders = { authorization: "Bearer sk_test_example", accept: "application/json" };

const { examples } = (
  JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as {
    components: { examples: Record<string, { value: Record<string, unknown> }> };
  }
).components;

/** An example of the OpenAPI document. */
function example(name: string): Record<string, unknown> {
  const found = examples[name];
  if (!found)
    throw new Error(
      `The OpenAPI document has no example ${name}. Change the name in test/package/server.ts.`,
    );
  return found.value;
}

const pages = [["first", "second"], ["third"]];

function respond({ request, body }: ReceivedRequest, response: ServerResponse): void {
  const [method, url = ""] = request.split(" ");
  const { pathname, searchParams } = new URL(url, "http://loopback");
  if (request === "POST /customers") sendJson(response, 201, customer(body as object));
  else if (request === "POST /payments") sendJson(response, 201, { id: "payment" });
  else if (method === "GET" && pathname === "/customers")
    sendJson(response, 200, customerPage(Number(searchParams.get("page") ?? "1")));
  else if (pathname === "/customers/present") sendJson(response, 200, customer({ id: "present" }));
  else if (pathname === "/customers/moved") response.writeHead(302, { location: "present" }).end();
  // Without a response, the client has to hang up.
  else if (pathname !== "/customers/silent") sendJson(response, 404, example("error-not-found"));
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

const customer = (fields: object): object => ({ ...example("customer-natural-person"), ...fields });

function customerPage(page: number): object {
  const data = (pages[page - 1] ?? []).map((id) => customer({ id }));
  const counts = { current_page: page, last_page: pages.length, total: pages.flat().length };
  return { ...example("customers-with-total"), ...counts, data };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}
