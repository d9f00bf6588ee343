// A server that fails as planned, and counts what it received and what it did. It honors idempotency keys.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What the server does with a request. A number is a response with this status. */
export type Step =
  | number
  | "break"
  | "break and stop"
  | "act, then 503"
  | "act, then silence"
  | "422, then silence"
  | "refuse";

export interface HostileServer {
  baseUrl: string;
  /** The requests that it received, without the one that opened the connection. */
  requests: number;
  /** How often it acted. */
  effects: number;
  /** Whether the first of the requests came on a connection that had been used before. */
  isConnectionReused: boolean;
  /** Whether the client hung up before a response was complete. */
  isClosedByClient: boolean;
  close(): Promise<void>;
}

export async function startHostileServer(steps: Step[]): Promise<HostileServer> {
  const usedSockets = new Set<Socket>();
  const usedKeys = new Set<unknown>();
  const server = createServer(async (request, response) => {
    const isReused = usedSockets.has(request.socket);
    usedSockets.add(request.socket);
    if (request.url === "/v1/customers/first") return sendJson(response, 200);
    const step = steps[Math.min(state.requests, steps.length - 1)] as Step;
    state.requests += 1;
    if (state.requests === 1) state.isConnectionReused = isReused;
    await readAll(request);
    if (isActing(step)) act(request);
    response.on("close", () => {
      if (!response.writableFinished && !String(step).startsWith("break")) state.isClosedByClient = true;
    });
    await perform(step, response);
  });
  const act = ({ headers }: IncomingMessage) => {
    const key = headers["x-idempotency"];
    if (key === undefined || !usedKeys.has(key)) state.effects += 1;
    usedKeys.add(key);
  };
  const perform = async (step: Step, response: ServerResponse) => {
    if (typeof step === "number") sendJson(response, step);
    if (step === "act, then 503") sendJson(response, 503);
    if (step === "422, then silence")
      response.writeHead(422, { ...json, "content-length": 900 }).write('{"message":"The ');
    if (step === "break and stop") server.close();
    if (step === "break" || step === "break and stop") {
      await sleep(20);
      response.socket?.destroy();
    }
  };

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  if (steps.includes("refuse")) await close();
  const state: HostileServer = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests: 0,
    effects: 0,
    isConnectionReused: false,
    isClosedByClient: false,
    close,
  };
  return state;
}

const isActing = (step: Step): boolean =>
  typeof step === "number" ? step < 300 : step.startsWith("break") || step.startsWith("act");

const json = { "content-type": "application/json" };

function sendJson(response: ServerResponse, status: number): void {
  const location = status === 307 ? { location: "/v1/elsewhere" } : {};
  response.writeHead(status, { ...json, ...location }).end('{"id":"9da58912","message":"Injected"}');
}

async function readAll(request: IncomingMessage): Promise<void> {
  for await (const _ of request);
}
