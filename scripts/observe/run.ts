// Makes the planned calls with the built client, one at a time.
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../cli.js";
import type { Exchange } from "../evidence/recording.js";
import { callUrl, type PlannedCall } from "./plan.js";
import { proxyFailure } from "./proxy.js";

export interface RunOptions {
  key: string;
  /** The URL of the proxy. */
  baseUrl: string;
  /** The API, or a stand-in for it. */
  target: string;
  /** The id of a customer to read. By default, it's the first created one, or the first one of the list. */
  customer: string | undefined;
  /** Milliseconds between two calls. */
  pause: number;
  /** Ends the run after the current call. */
  stop: AbortSignal;
  /** Cancels the current call too. */
  cancel: AbortSignal;
  print: (line: string) => void;
}

export interface RunResult {
  sent: number;
  /** Why the run ended early. */
  stopped?: string;
  /** The request that got no response. The proxy doesn't record it. */
  withoutResponse?: Exchange;
}

/** Statuses that end the run. The other error responses are evidence too. */
const reasonsToStop: Record<number, string> = {
  401: "The server rejected the key (401).",
  429: "The server limits the rate of requests (429).",
};

export async function run(calls: PlannedCall[], options: RunOptions): Promise<RunResult> {
  const { target, pause, stop, print } = options;
  const send = await createSend(options);
  const createsCustomer = calls.some(({ body }) => body !== undefined);
  let { customer } = options;
  let sent = 0;
  for (const call of calls) {
    const line = `${call.method} ${call.path}`;
    if (call.needsCustomer && customer === undefined) {
      print(`${line}  left out: no customer to read. Pass --customer ID or --create.`);
      continue;
    }
    if (sent > 0) await sleep(pause, undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) return { sent, stopped: "Interrupted." };
    sent += 1;
    const started = new Date().toISOString();
    const { status, result, failure } = await send(call, customer);
    if (failure !== undefined) {
      const url = callUrl(target, call, customer);
      const withoutResponse = requestWithoutResponse(call, url, started, sent);
      return { sent, stopped: `There was no response (${failure}).`, withoutResponse };
    }
    print(`${line}  ${status}`);
    const stopped = reasonsToStop[status];
    if (stopped !== undefined) return { sent, stopped };
    // An invented customer that this run created is a better one to read than somebody in the list.
    if (call.body || !createsCustomer) customer ??= customerIn(result);
  }
  return stop.aborted ? { sent, stopped: "Interrupted." } : { sent };
}

interface Sent {
  status: number;
  result?: unknown;
  /** Why there was no response. */
  failure?: string | undefined;
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** A function that makes a call with the built client. */
async function createSend({ key, baseUrl, cancel }: RunOptions) {
  const { OnePay } = await import("onepay-client").catch(() => {
    throw new UserError("The client isn't built. Run npm run build.");
  });
  let status = 0;
  const onepay = new OnePay({
    apiKey: key,
    baseUrl,
    maxRetries: 0,
    // A compressed body would be recorded as bytes.
    headers: { "accept-encoding": "identity" },
    onEvent: (event) => {
      if (event.type === "response") status = event.status;
    },
  });
  const methods = onepay as unknown as Record<string, Record<string, Method>>;
  return async (call: PlannedCall, customer: string | undefined): Promise<Sent> => {
    status = 0;
    const path = call.needsCustomer ? [customer] : [];
    const data = [call.query ?? call.body].filter((each) => each !== undefined);
    try {
      const result = await methods[call.resource]?.[call.name]?.(...path, ...data, { signal: cancel });
      return { status, result };
    } catch (error) {
      const { message, body } = error as Error & { body?: unknown };
      return { status, failure: status === 0 ? message : proxyFailure(body) };
    }
  };
}

/** As browsers record it: with the status 0. */
const requestWithoutResponse = (
  { method, body }: PlannedCall,
  url: string,
  started: string,
  entry: number,
): Exchange => ({
  ...{ file: "", entry, started, method, url },
  ...{ requestHeaders: {}, requestBody: body && JSON.stringify(body) },
  ...{ status: 0, responseHeaders: {}, responseBody: "" },
});

/** The id of a created customer, or of the first one of a list. */
function customerIn(result: unknown): string | undefined {
  const { items, id } = (result ?? {}) as { items?: { id?: unknown }[]; id?: unknown };
  const found = items ? items[0]?.id : id;
  return typeof found === "string" ? found : undefined;
}
