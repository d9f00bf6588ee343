/**
 * The mock server: Prism behind an HTTP server.
 *
 * It returns the examples of the OpenAPI document and validates requests. It keeps no state: no idempotency, no
 * duplicates, and you can't read back what you created.
 *
 * Every request gets a response. If Prism throws, the response is a 500 and the server goes on.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { parse } from "node:querystring";
import { host, listen } from "./free-port.js";
import { HeaderError, normalizeHeaders, readPreferences } from "./mock/headers.js";
import { loadPrism, type Prism, type PrismRequest, type PrismResponse } from "./mock/prism.js";
import { type Violation, violationsHeader } from "./mock/violations.js";
import { isJson } from "./openapi/media-types.js";

export interface MockOptions {
  /** The bundled OpenAPI document. The mock server works on a copy. */
  document: object;
  /**
   * The port on 127.0.0.1. If it's taken, the next free one is used: read `port` of the result.
   * @default 0 any free port
   */
  port?: number;
  /** Called after each response, for a request log. */
  onRequest?: (entry: MockRequest) => void;
  /** Sends each request to this server, and validates its response, instead of returning an example. */
  upstream?: string;
}

export interface MockRequest {
  method: string;
  /** Path and query, as they were sent. */
  path: string;
  status: number;
  violations: Violation[];
  /** From the request to the end of the response, in whole milliseconds. */
  duration: number;
}

export interface Mock {
  /** `http://127.0.0.1:4010`: the client's `baseUrl`. */
  url: string;
  port: number;
  /** Serves another document from now on, at the same URL. If it can't be served, the current one stays. */
  use: (document: object) => Promise<void>;
  close: () => Promise<void>;
}

/** Starts the mock server. */
export async function startMock({ document, port = 0, onRequest, upstream }: MockOptions): Promise<Mock> {
  let prism = await loadPrism(document);
  const server = createServer(async (incoming, outgoing) => {
    const { method = "GET", url: path = "/" } = incoming;
    const start = performance.now();
    const response = await respond(prism, incoming, upstream);
    const { status, violations } = write(outgoing, response);
    outgoing.once("finish", () =>
      onRequest?.({ method, path, status, violations, duration: Math.round(performance.now() - start) }),
    );
  });
  // Without a listener, Node.js closes the connection and sends nothing.
  server.on("connect", (_request, socket) =>
    socket.end("HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
  );
  const actualPort = await listen(server, port);
  return {
    url: `http://${host}:${actualPort}`,
    port: actualPort,
    async use(next) {
      prism = await loadPrism(next);
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** The response to a request. Never rejects. */
async function respond(
  prism: Prism,
  incoming: IncomingMessage,
  upstream: string | undefined,
): Promise<PrismResponse> {
  try {
    if (incoming.method === "OPTIONS" && incoming.headers["access-control-request-method"])
      return withCors(incoming, { status: 204, headers: {}, violations: [] });
    const request = await readRequest(incoming);
    const response = upstream
      ? await prism.proxy(request, new URL(upstream))
      : await prism.mock(request, readPreferences(request.headers?.prefer));
    return withCors(incoming, response);
  } catch (error) {
    if (error instanceof HeaderError) return problem(error.status, error.code, error.message);
    return problem(500, "MOCK_SERVER_FAILED", `The mock server can't process this request. ${String(error)}`);
  }
}

const problem = (status: number, code: string, title: string): PrismResponse => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: { type: `#${code}`, status, title },
  violations: [],
});

/** Lets web pages call the mock server from any origin. */
function withCors({ headers }: IncomingMessage, response: PrismResponse): PrismResponse {
  const cors = {
    "access-control-allow-origin": headers.origin ?? "*",
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": headers["access-control-request-method"] ?? "*",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-expose-headers": "*",
  };
  return { ...response, headers: { ...cors, ...response.headers } };
}

const maxBodyLength = 10 * 1024 * 1024;

async function readRequest(incoming: IncomingMessage): Promise<PrismRequest> {
  const url = requestUrl(incoming.url ?? "/");
  const headers = normalizeHeaders(incoming.headers);
  const text = await readBody(incoming);
  // Prism looks here to see whether there is a body. A chunked request has no such header.
  headers["content-length"] = String(Buffer.byteLength(text));
  return {
    method: (incoming.method ?? "GET").toLowerCase() as PrismRequest["method"],
    url: { path: url.pathname, query: queryOf(url.searchParams) },
    headers,
    body: parseBody(text, headers["content-type"]),
  };
}

function requestUrl(target: string): URL {
  const text = target.startsWith("/") ? `http://${host}${target}` : target;
  if (!URL.canParse(text)) throw new HeaderError(400, "MALFORMED_URL", "The request target isn't a URL.");
  const url = new URL(text);
  try {
    decodeURIComponent(url.pathname);
  } catch {
    throw new HeaderError(
      400,
      "MALFORMED_URL",
      "The path has a percent sign without a valid UTF-8 sequence.",
    );
  }
  return url;
}

export const queryOf = (parameters: URLSearchParams): Record<string, string | string[]> => ({
  ...(parse(parameters.toString(), "&", "=", { maxKeys: 0 }) as Record<string, string | string[]>),
});

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    // The rest is read and dropped, so that the client gets the response instead of a broken connection.
    if (length <= maxBodyLength) chunks.push(chunk);
  }
  if (length > maxBodyLength) throw new HeaderError(413, "BODY_TOO_LARGE", "The body exceeds 10 MB.");
  return Buffer.concat(chunks).toString("utf8");
}

function parseBody(text: string, contentType = ""): unknown {
  if (text === "") return null;
  if (!isJson(contentType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new HeaderError(400, "MALFORMED_JSON", "The body isn't valid JSON.");
  }
}

/** Writes a response, or a 500 if it can't be written, and returns what was written. */
function write(outgoing: ServerResponse, response: PrismResponse): PrismResponse {
  try {
    const { status, headers, body, violations } = response;
    const text = bodyText(body, headers["content-type"]);
    // An upstream's framing headers describe its own bytes, not ours.
    const { "content-length": _length, "content-encoding": _encoding, ...own } = headers;
    const reported = violations.length > 0 ? { "sl-violations": violationsHeader(violations) } : {};
    outgoing.writeHead(status, {
      ...own,
      ...reported,
      ...(text ? { "content-length": Buffer.byteLength(text) } : {}),
    });
    outgoing.end(text);
    return response;
  } catch (error) {
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    const failure = problem(500, "MOCK_SERVER_FAILED", `This response can't be sent. ${String(error)}`);
    outgoing.writeHead(failure.status, failure.headers).end(JSON.stringify(failure.body));
    return failure;
  }
}

function bodyText(body: unknown, contentType: string | undefined): string {
  if (body === undefined) return "";
  return typeof body === "string" && !isJson(contentType) ? body : JSON.stringify(body);
}
