// The server of the soak. It honors idempotency keys, fails at random before or after it acts, and records its effects.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Send = (response: ServerResponse, body: string) => unknown;

const requestCounts: Record<string, number> = {};
/** Call → how often the server acted on it. */
const effects: Record<string, number> = {};
const usedKeys = new Set<string>();
const reusedSockets = new WeakSet<object>();

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html" };
const page = "<!doctype html><title>Error</title>";
const half = (response: ServerResponse, body: string, then?: () => void) =>
  response.writeHead(200, { ...json, "content-length": body.length }).write(body.slice(0, 9), then);
const status =
  (code: number): Send =>
  (response) =>
    response.writeHead(code, { ...json, "retry-after": "0" }).end('{"message":"Injected"}');

const sends: [string, Send][] = [
  ["connection reset", ({ socket }) => socket?.resetAndDestroy()],
  ["connection closed on reuse", ({ socket }) => socket?.destroy()],
  ["stalled headers", () => {}],
  ["stalled body", half],
  ["truncated body", (response, body) => half(response, body, () => response.socket?.destroy())],
  ["200 with HTML", (response) => response.writeHead(200, html).end(page)],
  ["502 with HTML", (response) => response.writeHead(502, html).end(page)],
  ...[408, 409, 421, 500, 502, 503, 504].map((code): [string, Send] => [`${code}`, status(code)]),
];

const faults = [
  ...sends.map(([name, send]) => ({ name: `${name} before acting`, isActing: false, send })),
  ...sends.map(([name, send]) => ({ name: `${name} after acting`, isActing: true, send })),
  // With these, a server states that it didn't act.
  ...[401, 422, 429].map((code) => ({ name: `${code} before acting`, isActing: false, send: status(code) })),
];

function handle(request: IncomingMessage, response: ServerResponse, body: string): void {
  if (request.url === "/ledger") {
    response.writeHead(200, json).end(JSON.stringify({ requestCounts, effects }));
    return;
  }
  const { method, url = "", headers } = request;
  const [call = ""] = /soak-\d+/.exec(url + body) ?? [];
  const idempotencyKey = headers["x-idempotency"] as string | undefined;
  const write = idempotencyKey ?? call;
  const isRepeated = usedKeys.has(write);
  const fault = pickFault(request);
  count("all");
  if (fault) count(fault.name);
  if (isRepeated && !idempotencyKey) count(`repeated ${method} without a key`);
  if (!isRepeated && (fault?.isActing ?? true)) {
    usedKeys.add(write);
    effects[call] = (effects[call] ?? 0) + 1;
  }
  const customer = JSON.stringify({ id: call, token: call });
  if (fault) fault.send(response, customer);
  else if (method === "DELETE") response.writeHead(isRepeated ? 404 : 204).end();
  else if (isRepeated && !idempotencyKey) status(422)(response, customer);
  else response.writeHead(201, json).end(customer);
}

const count = (name: string) => {
  requestCounts[name] = (requestCounts[name] ?? 0) + 1;
};

/** One request in four fails. */
function pickFault({ socket }: IncomingMessage) {
  const isReused = reusedSockets.has(socket);
  reusedSockets.add(socket);
  const fault = faults[Math.floor(Math.random() * faults.length * 4)];
  return fault?.name.includes("on reuse") && !isReused ? undefined : fault;
}

const server = createServer(async (request, response) => {
  // A client that gives up closes its connection.
  response.on("error", () => {});
  const body = await text(request).catch(() => undefined);
  if (body !== undefined) handle(request, response, body);
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.on("end", () => process.exit()).resume();
