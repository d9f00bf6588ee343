// The contract against a real server: the safe part of it, one request at a time, and only with a test key.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../cli.js";
import type { Judge } from "./ajv.js";
import { bodyText, type Contract, changed, type Request, target } from "./case.js";
import type { Exchange } from "./har.js";
import { goodRequest } from "./verdict.js";

/** The operations that may create something: a customer, and nothing that moves money. */
const creating = ["createCustomer"];

export interface Planned {
  operation: string;
  request: Request;
}

/** Checks where to send and as whom. What is wrong is told to the person, and nothing is sent. */
export function checkTarget(url: string, key: string | undefined): string {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  const loopback = base && ["127.0.0.1", "localhost", "[::1]"].includes(base.hostname);
  if (!base || !(base.protocol === "https:" || (base.protocol === "http:" && loopback)))
    throw new UserError(`CONTRACT_TARGET must be "prism" or an https URL, not "${url}".`);
  if (!key)
    throw new UserError(
      "ONEPAY_API_KEY is not set. The contract runs against a server with a test key: sk_test_…",
    );
  if (key.startsWith("sk_live_"))
    throw new UserError(
      "ONEPAY_API_KEY is a live key: this would create customers that nobody wants. Use sk_test_…",
    );
  if (!key.startsWith("sk_test_"))
    throw new UserError(
      "ONEPAY_API_KEY is no test key. The contract runs against a server only with sk_test_…",
    );
  return url.replace(/\/+$/, "");
}

/** What would be sent, in its order: everything that only reads, then customers who do not exist. */
export function plan(contracts: Contract[], key: string, customer?: string): Planned[] {
  const authorized = (request: Request): Request => ({
    ...request,
    params: {
      ...request.params,
      ...(customer && request.params.customer_id ? { customer_id: customer } : {}),
    },
    headers: { ...request.headers, authorization: `Bearer ${key}` },
  });
  // A customer's own token cannot be had without a phone in somebody's hand, so session calls are left out.
  const byKeyAlone = ({ cases }: Contract) =>
    cases.filter(({ id }) => id.includes(" › security › without ")).length === 1;
  const reads = contracts.filter(
    (contract) => goodRequest(contract).method === "GET" && byKeyAlone(contract),
  );
  const creates = contracts.filter(({ operation }) => creating.includes(operation));
  return [
    ...reads.map((contract) => ({
      operation: contract.operation,
      request: authorized(goodRequest(contract)),
    })),
    ...creates.flatMap((contract) =>
      Object.values(contract.requests).map((request, index) => ({
        operation: contract.operation,
        request: authorized(invented(request, index + 1)),
      })),
    ),
  ];
}

/** The same request for somebody who does not exist and gets no message. */
function invented(request: Request, number: number): Request {
  const body = request.body as Record<string, unknown>;
  const set = {
    "/headers/x-idempotency": randomUUID(),
    "/body/email": `contract-${number}@example.com`,
    "/body/phone": `+57300000${String(number).padStart(4, "0")}`,
    "/body/document_number": `00000${String(number).padStart(4, "0")}`,
    "/body/enable_notifications": false,
  };
  return changed({ ...request, body }, { set });
}

/** A planned request for a person to read, the key shortened. */
export function shownRequest(base: string, { request }: Planned): string {
  const headers = Object.entries(request.headers).map(([name, value]) =>
    name === "authorization" ? `  ${name}: Bearer sk_test_…` : `  ${name}: ${value}`,
  );
  const text = bodyText(request);
  return [`${request.method} ${base}${target(request)}`, ...headers, ...(text ? [`  ${text}`] : [])].join(
    "\n",
  );
}

export interface Run {
  exchanges: Exchange[];
  /** What in the answers the document does not allow. */
  faults: string[];
  /** Why it ended before the plan did. */
  stopped?: string;
}

/** Sends what was planned, one at a time with a pause between, and judges each answer by the document. */
export async function run(
  base: string,
  planned: Planned[],
  judge: Judge,
  pause: number,
  tell: (line: string) => void,
): Promise<Run> {
  const exchanges: Exchange[] = [];
  const faults: string[] = [];
  for (const [index, { operation, request }] of planned.entries()) {
    if (index > 0) await sleep(pause);
    const exchange = await send(base, operation, request).catch((error: unknown) => {
      tell(`${request.method} ${target(request)}  no answer: ${(error as Error).message}`);
    });
    if (!exchange) return { exchanges, faults, stopped: `${base} does not answer.` };
    exchanges.push(exchange);
    const { status, headers, text } = exchange;
    const found = judge.answer(operation, { status, headers, ...bodyOf(text) });
    faults.push(...found.map((each) => `${operation} ${status}: the answer breaks "${each}"`));
    tell(
      `${request.method} ${target(request)}  ${status}  ${found.length === 0 ? "as documented" : found.join(", ")}`,
    );
    if (status === 401)
      return { exchanges, faults, stopped: "The server refuses the key (401). Nothing more was sent." };
    if (status === 429)
      return { exchanges, faults, stopped: "The server asks for a rest (429). Nothing more was sent." };
  }
  return { exchanges, faults };
}

async function send(base: string, operation: string, request: Request): Promise<Exchange> {
  const started = new Date();
  const start = performance.now();
  const response = await fetch(base + target(request), {
    method: request.method,
    headers: request.headers,
    body: bodyText(request) ?? null,
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  const duration = performance.now() - start;
  return { operation, request, base, status: response.status, headers, text, started, duration };
}

function bodyOf(text: string): { body?: unknown; raw?: string } {
  if (text === "") return {};
  try {
    return { body: JSON.parse(text) };
  } catch {
    return { raw: text };
  }
}
