/**
 * The mock server: Prism, in this process, behind a front door of our own.
 *
 * The front door holds the port while the document behind it changes, tells what was asked and answered, and
 * keeps out the requests that would end the process (see `refusal`). Everything else is Prism's own answer.
 * Prism keeps no state: no idempotency, no duplicates, nothing that was created can be read back.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer as createPrism } from "@stoplight/prism-http-server";

export interface MockOptions {
  /** The bundled OpenAPI document. It is copied, so the caller's stays as it is. */
  document: object;
  /**
   * Where to listen on 127.0.0.1. If it is taken the next free one is used: read `port` of the result.
   * @default 0 any free port
   */
  port?: number;
  /** Called after each answer, for a log of requests. */
  onRequest?: (entry: MockRequest) => void;
  /** Instead of inventing answers, pass each request on to this server and judge what it answers. */
  upstream?: string;
}

/** A rule of the document that a request or an answer broke, as Prism reports it in `sl-violations`. */
export interface Violation {
  /** `request` or `response`, then the part (`body`, `header`, `query`, `path`), then the way into it. */
  location: string[];
  /** The JSON Schema keyword, or the status the violation asks for (`401`, `415`). */
  code?: string | number;
  severity: string;
  message: string;
}

export interface MockRequest {
  method: string;
  /** Path and query, as they came. */
  path: string;
  status: number;
  violations: Violation[];
  /** From the request's arrival to the end of the answer, in milliseconds. */
  duration: number;
}

export interface Mock {
  /** `http://127.0.0.1:4010`: what to give the client as its base URL. */
  url: string;
  port: number;
  /** Serve another document from now on, at the same URL. If it cannot be served, the old one stays. */
  use: (document: object) => Promise<void>;
  close: () => Promise<void>;
}

const host = "127.0.0.1";

/** Starts the mock and resolves once it answers. */
export async function startMock({ document, port = 0, onRequest, upstream }: MockOptions): Promise<Mock> {
  const agent = new Agent({ keepAlive: true });
  let prism = await startPrism(document, upstream);
  const front = createServer((incoming, outgoing) => {
    if (onRequest) report(incoming, outgoing, onRequest);
    const refused = refusal(incoming);
    if (refused) answer(outgoing, refused);
    else pass(incoming, outgoing, prism.port, agent);
  });
  const taken = await listen(front, port).catch(async (error: unknown) => {
    await prism.close();
    throw error;
  });

  return {
    url: `http://${host}:${taken}`,
    port: taken,
    async use(next) {
      const before = prism;
      prism = await startPrism(next, upstream);
      await before.close();
    },
    async close() {
      agent.destroy();
      front.closeAllConnections();
      await Promise.all([new Promise((done) => front.close(done)), prism.close()]);
    },
  };
}

/** Reads the rules a request or an answer broke from the header in which Prism reports them. */
export function readViolations(header: string | string[] | null | undefined): Violation[] {
  if (typeof header !== "string") return [];
  // Prism cuts a report that is too long for a header; what is left is no JSON, but it is not nothing either.
  if (!header.startsWith("[")) return [{ location: [], severity: "Error", message: header }];
  return JSON.parse(header) as Violation[];
}

/** What Prism checks, as a mock and as a proxy. */
export const checks = {
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

async function startPrism(document: object, upstream: string | undefined) {
  // Prism resolves references in place, so it gets a copy.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  const server = createPrism(operations, {
    cors: true,
    config: upstream
      ? { ...checks, isProxy: true, upstream: new URL(upstream) }
      : { ...checks, isProxy: false },
    components: { logger: createLogger("mock", { level: "silent" }) },
  });
  const address = await server.listen(0, host);
  return { port: Number(new URL(address).port), close: () => server.close() };
}

interface Refusal {
  status: number;
  title: string;
  detail: string;
}

const mediaType = /^\s*[^\s/;,]+\/[^\s/;,]+(\s*;\s*[^\s=;,]+=("[^"]*"|[^\s;,"]+))*\s*$/;

/**
 * What must not reach Prism 5.14: a broken path and a broken `Accept` end the whole process, a broken `Content-Type`
 * prints a stack trace and is answered with 500.
 */
function refusal({ url = "/", headers }: IncomingMessage): Refusal | undefined {
  const path = url.split("?")[0] ?? "/";
  try {
    decodeURIComponent(path);
  } catch {
    return { status: 400, title: "Malformed path", detail: `"${path}" holds a broken percent escape.` };
  }
  const { accept = "", "content-type": type = "" } = headers;
  const broken = accept === "" ? undefined : accept.split(",").find((each) => !mediaType.test(each));
  if (broken !== undefined)
    return { status: 406, title: "Malformed Accept header", detail: `"${broken.trim()}" is no media type.` };
  if (type === "" || mediaType.test(type)) return undefined;
  return { status: 415, title: "Malformed Content-Type header", detail: `"${type}" is no media type.` };
}

function answer(outgoing: ServerResponse, problem: Refusal): void {
  outgoing.writeHead(problem.status, { "content-type": "application/problem+json" });
  outgoing.end(JSON.stringify(problem));
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number, agent: Agent): void {
  const { method, url: path, headers } = incoming;
  const onward = request({ host, port, method, path, headers, agent }, (back) => {
    outgoing.statusCode = back.statusCode ?? 502;
    for (const [name, value] of Object.entries(back.headers)) if (value) outgoing.setHeader(name, value);
    back.pipe(outgoing);
  });
  onward.on("error", (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else answer(outgoing, { status: 502, title: "The mock did not answer", detail: error.message });
  });
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) onward.destroy();
  });
  incoming.pipe(onward);
}

function report(incoming: IncomingMessage, outgoing: ServerResponse, tell: (entry: MockRequest) => void) {
  const { method = "", url: path = "" } = incoming;
  const start = performance.now();
  outgoing.on("finish", () => {
    const violations = readViolations(outgoing.getHeader("sl-violations")?.toString());
    tell({ method, path, status: outgoing.statusCode, violations, duration: performance.now() - start });
  });
}

/** Tries `port` and the 99 after it; resolves with the one it got. */
export function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let next = port;
    server.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      next += 1;
      if (next >= port + 100 || next > 65_535)
        return reject(new Error(`No port is free from ${port} to ${next - 1}.`));
      server.listen(next, host);
    });
    server.on("listening", () => resolve((server.address() as AddressInfo).port));
    server.listen(next, host);
  });
}
