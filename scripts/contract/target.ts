// Runs the safe part of the contract against a real server: one request at a time, with a test key only.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../cli.js";
import {
  applyChange,
  bodyText,
  type Contract,
  type HttpRequest,
  parseBodyText,
  requestTarget,
  validRequest,
} from "./case.js";
import type { Exchange } from "./har.js";
import type { Validator } from "./validator.js";

/** Operations that may create something. None of them moves money. */
const safeToCreate = ["createCustomer"];

export interface PlannedRequest {
  operation: string;
  request: HttpRequest;
}

/** Checks the URL and the key before anything is sent. Returns the URL without a trailing slash. */
export function checkTarget(url: string, key: string | undefined): string {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  const isLoopback = base && ["127.0.0.1", "localhost", "[::1]"].includes(base.hostname);
  if (!base || !(base.protocol === "https:" || (base.protocol === "http:" && isLoopback)))
    throw new UserError(`CONTRACT_TARGET is "${url}". Set it to "prism" or to an https URL.`);
  if (!key) throw new UserError("ONEPAY_API_KEY is not set. Set it to a test key (sk_test_…).");
  if (key.startsWith("sk_live_"))
    throw new UserError(
      "ONEPAY_API_KEY is a live key, and this command creates customers. Set it to a test key (sk_test_…).",
    );
  if (!key.startsWith("sk_test_"))
    throw new UserError("ONEPAY_API_KEY isn't a secret test key. Set it to a test key (sk_test_…).");
  return url.replace(/\/+$/, "");
}

/** The requests to send, in order: first reads, then the creation of invented customers. */
export function plan(contracts: Contract[], key: string, customer?: string): PlannedRequest[] {
  const withKey = (request: HttpRequest): HttpRequest => ({
    ...request,
    params: {
      ...request.params,
      ...(customer && request.params.customer_id ? { customer_id: customer } : {}),
    },
    headers: { ...request.headers, authorization: `Bearer ${key}` },
  });
  // A customer token needs a one-time password on somebody's phone.
  const needsOnlyKey = ({ cases }: Contract) =>
    cases.filter(({ id }) => id.includes(" › security › without ")).length === 1;
  const reads = contracts.filter(
    (contract) => validRequest(contract).method === "GET" && needsOnlyKey(contract),
  );
  const creates = contracts.filter(({ operation }) => safeToCreate.includes(operation));
  return [
    ...reads.map((contract) => ({
      operation: contract.operation,
      request: withKey(validRequest(contract)),
    })),
    ...creates.flatMap((contract) =>
      Object.values(contract.requests).map((request, index) => ({
        operation: contract.operation,
        request: withKey(forInventedCustomer(request, index + 1)),
      })),
    ),
  ];
}

/** The same request for a customer that doesn't exist and gets no messages. */
function forInventedCustomer(request: HttpRequest, number: number): HttpRequest {
  const body = request.body as Record<string, unknown>;
  const digits = String(number).padStart(4, "0");
  const set = {
    "/headers/x-idempotency": randomUUID(),
    "/body/email": `contract-${number}@example.com`,
    "/body/phone": `+57300000${digits}`,
    "/body/document_number": `00000${digits}`,
    "/body/enable_notifications": false,
  };
  return applyChange({ ...request, body }, { set });
}

/** A planned request as text, without the key. */
export function requestText(base: string, { request }: PlannedRequest): string {
  const headers = Object.entries(request.headers).map(([name, value]) =>
    name === "authorization" ? `  ${name}: Bearer sk_test_…` : `  ${name}: ${value}`,
  );
  const text = bodyText(request);
  return [
    `${request.method} ${base}${requestTarget(request)}`,
    ...headers,
    ...(text ? [`  ${text}`] : []),
  ].join("\n");
}

export interface TargetRun {
  exchanges: Exchange[];
  /** Violations in responses. */
  differences: string[];
  /** Why the run ended early. */
  stopped?: string;
}

/** Sends the planned requests, one at a time with a pause in between, and validates each response. */
export async function run(
  base: string,
  planned: PlannedRequest[],
  validator: Validator,
  pause: number,
  print: (line: string) => void,
): Promise<TargetRun> {
  const exchanges: Exchange[] = [];
  const differences: string[] = [];
  for (const [index, { operation, request }] of planned.entries()) {
    if (index > 0) await sleep(pause);
    const line = `${request.method} ${requestTarget(request)}`;
    const exchange = await send(base, operation, request).catch((error: unknown) => {
      print(`${line}  no response: ${(error as Error).message}`);
    });
    if (!exchange) return { exchanges, differences, stopped: `There was no response from ${base}.` };
    exchanges.push(exchange);
    const { status, headers, text } = exchange;
    const violations = validator.response(operation, { status, headers, ...parseBodyText(text) });
    differences.push(...violations.map((each) => `${operation} ${status}: the response violates "${each}"`));
    print(`${line}  ${status}  ${violations.length === 0 ? "as documented" : violations.join(", ")}`);
    if (status === 401) return { exchanges, differences, stopped: "The server rejected the key (401)." };
    if (status === 429)
      return { exchanges, differences, stopped: "The server limits the rate of requests (429)." };
  }
  return { exchanges, differences };
}

async function send(base: string, operation: string, request: HttpRequest): Promise<Exchange> {
  const started = new Date();
  const start = performance.now();
  const response = await fetch(base + requestTarget(request), {
    method: request.method,
    headers: request.headers,
    body: bodyText(request) ?? null,
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  const duration = Math.round(performance.now() - start);
  return { operation, request, base, status: response.status, headers, text, started, duration };
}
