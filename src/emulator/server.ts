/** The emulator as an HTTP server, for any language, with a control API under `/_emulator`. Node.js only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { controlRequest } from "./control.js";
import type { Fault } from "./faults.js";
import type { Handled } from "./handle.js";
import { createInternals, type Emulator } from "./index.js";
import type { Reply } from "./responses.js";
import type { EmulatorOptions, RecordedRequest } from "./types.js";

export interface EmulatorServer {
  readonly emulator: Emulator;
  readonly port: number;
  /** Without the API's version: `http://127.0.0.1:4010`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServerOptions extends EmulatorOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Called after each request. */
  readonly onRequest?: (request: RecordedRequest) => void;
}

/** How many ports after the first one are tried. */
const portsToTry = 20;

/**
 * Starts a server on the port, or on the next free one.
 *
 * @throws Error with a `code` if the host can't be used or no port is free.
 */
export async function startEmulatorServer(options: ServerOptions): Promise<EmulatorServer> {
  const { emulator, handle } = createInternals(options);
  const server = createServer((request, response) => {
    respond(emulator, handle, options, request, response).catch(() => response.destroy());
  });
  await listen(server, options.host, options.port);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    emulator,
    port,
    url: `http://${host}:${port}`,
    close: () => close(server),
  };
}

async function listen(server: Server, host: string, first: number): Promise<void> {
  for (let port = first; ; port += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          resolve();
        });
      });
      return;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!isTaken || first === 0 || port >= first + portsToTry) throw error;
    }
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function respond(
  emulator: Emulator,
  handle: (request: Request) => Promise<Handled>,
  { onRequest }: ServerOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await toRequest(incoming);
  const control = await controlRequest(emulator, request);
  if (control) return write(response, control);
  const { reply, fault, recorded } = await handle(request);
  deliverTo(response, reply, fault);
  onRequest?.(recorded);
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = "GET", headers } = incoming;
  const url = new URL(incoming.url ?? "/", "http://emulator.invalid");
  const hasBody = method !== "GET" && method !== "HEAD" && chunks.length > 0;
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  return new Request(url, { method, headers: entries, ...(hasBody && { body: Buffer.concat(chunks) }) });
}

/** Writes the response with the fault of its connection. */
function deliverTo(response: ServerResponse, reply: Reply, fault: Fault | undefined): void {
  switch (fault?.kind) {
    case "lose-response":
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "stall-headers":
      return;
    case "stall-body":
      writeHalf(response, reply);
      return;
    case "truncate-body":
      writeHalf(response, reply, () => response.socket?.destroy());
      return;
    default:
      write(response, reply);
  }
}

function write(response: ServerResponse, { status, body, headers }: Reply): void {
  const type = body === "" ? {} : { "content-type": "application/json" };
  response.writeHead(status, { ...type, ...headers });
  response.end(body);
}

function writeHalf(response: ServerResponse, { status, body }: Reply, then: () => void = () => {}): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Math.max(length, 1) });
  response.flushHeaders();
  response.write(Buffer.from(body).subarray(0, Math.ceil(length / 2)), then);
}
