/** The emulator as an HTTP server, for any language, with a control API under `/_emulator`. Node.js only. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { controlReply, isControlPath } from "./control.js";
import type { Fault } from "./faults.js";
import {
  createInternals,
  type Emulator,
  type EmulatorInternals,
  type EmulatorOptions,
  type RecordedRequest,
} from "./index.js";
import { close, listen } from "./listen.js";
import { emulatedRequest } from "./request.js";
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
  // A message that a server receives has both.
  const { method, url: target } = incoming as IncomingMessage & { method: string; url: string };
  const body = await text(incoming);
  const url = parseUrl(target, incoming.headers.host);
  if (!url) return write(response, error(400, "The URL isn't valid."));
  const { pathname } = url;
  if (isControlPath(pathname)) {
    const reply = controlReply(emulator, method, pathname, body);
    write(response, reply);
    onControlRequest?.(`${method} ${pathname}`, reply);
  } else {
    const headers = new Headers(singleHeaders(incoming));
    const { reply, fault, recorded } = await handle(emulatedRequest(method, url, headers, body));
    deliverTo(response, reply, fault);
    onRequest?.(recorded);
  }
  if (method !== "GET") onChange?.(emulator);
}

function parseUrl(target: string, host = "emulator.invalid"): URL | undefined {
  const base = `http://${host}`;
  return URL.canParse(target, base) ? new URL(target, base) : undefined;
}

/** Every header but `set-cookie`, the only one that Node.js leaves as a list. */
const singleHeaders = ({ headers }: IncomingMessage): [string, string][] =>
  Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === "string");

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
  response.writeHead(status, { ...(body !== "" && bodyHeaders(body)), ...headers }).end(body);
}

function writeHalf(response: ServerResponse, { status, body }: Reply, then: () => void = () => {}): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, bodyHeaders(body));
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), then);
}

// With its length, a response is written at once, without it in chunks.
const bodyHeaders = (body: string) => ({
  "content-type": "application/json",
  "content-length": Buffer.byteLength(body),
});
