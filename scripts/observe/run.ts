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

type Method = (...args: unknown[]) => Promise<unknown>;

export async function run(calls: PlannedCall[], options: RunOptions): Promise<RunResult> {
  const { key, baseUrl, target, pause, stop, cancel, print } = options;
  const { OnePay } = await import("onepay-client").catch(() => {
    throw new UserError("The client isn't built. Run npm run build.");
  });
  let status: number | undefined;
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
  const createsCustomer = calls.some(({ body }) => body !== undefined);
  let customer = options.customer;
  let sent = 0;
  for (const call of calls) {
    const line = `${call.method} ${call.path}`;
    if (call.needsCustomer && customer === undefined) {
      print(`${line}  left out: no customer to read. Pass --customer ID or --create.`);
      continue;
    }
    if (sent > 0) await sleep(pause, undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) return { sent, stopped: "Interrupted." };
    status = undefined;
    sent += 1;
    const started = new Date().toISOString();
    const path = call.needsCustomer ? [customer] : [];
    const data = [call.query ?? call.body].filter((each) => each !== undefined);
    try {
      const result = await methods[call.resource]?.[call.name]?.(...path, ...data, { signal: cancel });
      // An invented customer that this run created is a better one to read than somebody in the list.
      if (call.body || !createsCustomer) customer ??= customerIn(result);
    } catch (error) {
      // A response with an error status is evidence too. Without a response, the run ends.
      const { message, body } = error as Error & { body?: unknown };
      const reason = status === undefined ? message : proxyFailure(body);
      if (reason) {
        const url = callUrl(target, call, customer);
        const withoutResponse = requestWithoutResponse(call, url, started, sent);
        return { sent, stopped: `There was no response (${reason}).`, withoutResponse };
      }
    }
    print(`${line}  ${status}`);
    if (status === 401) return { sent, stopped: "The server rejected the key (401)." };
    if (status === 429) return { sent, stopped: "The server limits the rate of requests (429)." };
  }
  return stop.aborted ? { sent, stopped: "Interrupted." } : { sent };
}

/** As browsers record it: with the status 0. */
const requestWithoutResponse = (
  { method, body }: PlannedCall,
  url: string,
  started: string,
  entry: number,
): Exchange => ({
  file: "",
  entry,
  started,
  method,
  url,
  requestHeaders: {},
  requestBody: body && JSON.stringify(body),
  status: 0,
  responseHeaders: {},
  responseBody: "",
});

/** The id of a created customer, or of the first one of a list. */
function customerIn(result: unknown): string | undefined {
  const { items, id } = (result ?? {}) as { items?: { id?: unknown }[]; id?: unknown };
  const found = items ? items[0]?.id : id;
  return typeof found === "string" ? found : undefined;
}
