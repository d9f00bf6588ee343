/** The emulator as an HTTP server, for any language, with a control API under `/_emulator`. Node.js only. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { controlReply, isControlRequest } from "./control.js";
import type { Fault } from "./faults.js";
import {
  createInternals,
  type Emulator,
  type EmulatorInternals,
  type EmulatorOptions,
  type RecordedRequest,
} from "./index.js";
import { close, listen } from "./listen.js";
import { error, type Reply } from "./responses.js";

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
  /** Called after each request to the API. */
  readonly onRequest?: (request: RecordedRequest) => void;
  /** Called after each request to the control API, with its method and path. */
  readonly onControlRequest?: (command: string, reply: Reply) => void;
  /** Called after each request that may have changed the state. */
  readonly onChange?: (emulator: Emulator) => void;
  /** Called with a mistake of the emulator. The request gets 500. */
  readonly onError: (error: unknown) => void;
}

/**
 * Starts a server on the port, or on the next free one.
 *
 * @throws Error with a `code` if the host can't be used or no port is free.
 */
export async function startEmulatorServer(options: ServerOptions): Promise<EmulatorServer> {
  const {
    host,
    port: firstPort,
    onRequest,
    onControlRequest,
    onChange,
    onError,
    ...emulatorOptions
  } = options;
  const internals = createInternals(emulatorOptions);
  const server = createServer((incoming, response) => {
    respond(internals, options, incoming, response).catch((problem) => {
      // The client is gone, so nobody waits for a response.
      if (incoming.destroyed && !incoming.complete) return;
      onError(problem);
      if (response.headersSent) response.destroy();
      else write(response, error(500, "The emulator failed. Its output shows the error."));
    });
  });
  const port = await listen(server, host, firstPort);
  return {
    emulator: internals.emulator,
    port,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    close: () => close(server),
  };
}

async function respond(
  { emulator, handle }: EmulatorInternals,
  { onRequest, onControlRequest, onChange }: ServerOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = toRequest(incoming, await readBody(incoming));
  if (!request) return write(response, error(400, "The method or the URL isn't valid."));
  if (isControlRequest(request)) {
    const reply = await controlReply(emulator, request);
    write(response, reply);
    onControlRequest?.(`${request.method} ${new URL(request.url).pathname}`, reply);
  } else {
    const { reply, fault, recorded } = await handle(request);
    deliverTo(response, reply, fault);
    onRequest?.(recorded);
  }
  if (request.method !== "GET") onChange?.(emulator);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** `undefined` if the platform's `Request` doesn't allow the method or the URL. */
function toRequest(incoming: IncomingMessage, body: Buffer): Request | undefined {
  // A message that a server receives has both.
  const { method, url, headers } = incoming as IncomingMessage & { method: string; url: string };
  const hasBody = method !== "GET" && method !== "HEAD" && body.length > 0;
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  try {
    const absolute = new URL(url, `http://${headers.host ?? "emulator.invalid"}`);
    return new Request(absolute, {
      method,
      headers: entries,
      ...(hasBody && { body: new Uint8Array(body) }),
    });
  } catch {
    return undefined;
  }
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
  const bytes = Buffer.from(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length });
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), then);
}
