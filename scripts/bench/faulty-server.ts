// A server that fails at random, and remembers what it did. It runs in a process of its own.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer as reply } from "./processes.js";

/** What the server knows of an idempotency key. */
interface Entry {
  /** Did it create the customer? Once it has, it only answers again. */
  acted: boolean;
  bytes: string;
}

/** What it did over its whole life. */
export interface Ledger {
  requests: number;
  faults: Record<string, number>;
  /** Keys under which a customer was created. */
  acted: string[];
  /** Keys under which two attempts came with different bytes. */
  changed: string[];
}

const entries = new Map<string, Entry>();
const changed = new Set<string>();
const faults: Record<string, number> = {};
let requests = 0;

type Fault = (response: ServerResponse, act: () => void, text: string) => void;

// Some fail before the server acts and some after: to the client both look alike, and that is the danger.
const kinds: Record<string, Fault> = {
  "reset before acting": (response) => response.socket?.resetAndDestroy(),
  "reset after acting": (response, act) => {
    act();
    response.socket?.resetAndDestroy();
  },
  "stall before acting": () => {},
  "stall after acting": (_response, act) => act(),
  "429": (response) =>
    response
      .writeHead(429, { "retry-after": "0", "content-type": "application/json" })
      .end('{"message":"Too many requests"}'),
  "503": (response) => response.writeHead(503).end(),
  "body cut": (response, act, text) => {
    act();
    response.writeHead(201, { "content-type": "application/json", "content-length": text.length });
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
  },
};

function handle(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  if (request.url === "/ledger") {
    const acted = [...entries].filter(([, entry]) => entry.acted).map(([key]) => key);
    const ledger: Ledger = { requests, faults, acted, changed: [...changed] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(ledger));
    return;
  }
  requests++;
  const key = String(request.headers["x-idempotency"] ?? request.url);
  const bytes = createHash("sha1").update(body).digest("base64");
  const entry = entries.get(key) ?? { acted: false, bytes };
  entries.set(key, entry);
  if (entry.bytes !== bytes) changed.add(key);
  const act = () => {
    entry.acted = true;
  };
  const text = JSON.stringify({ id: key, first_name: "Juan", last_name: "Pérez" });
  const fault = pick();
  if (fault) {
    faults[fault] = (faults[fault] ?? 0) + 1;
    kinds[fault]?.(response, act, text);
    return;
  }
  act();
  response.writeHead(201, { "content-type": "application/json" }).end(text);
}

/** Each kind of fault befalls 2 of 100 requests. */
function pick(): string | undefined {
  const names = Object.keys(kinds);
  return names[Math.floor(Math.random() * 50)];
}

reply(async () => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => handle(request, response, Buffer.concat(chunks)));
    // A client that gives up a stalled call resets its connection; that is its right.
    response.on("error", () => {});
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  process.on("disconnect", () => process.exit());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
