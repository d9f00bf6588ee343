/** Both clients over one replaced fetch, for tests of what they send and of what they refuse. */
import { expect } from "vitest";
import { createFetchClient, OnePay } from "../../src/index.js";
import type { Fetch, FetchInit, OnePayOptions } from "../../src/types.js";
import { apiKey } from "./server.js";

/** What a caller without types may pass. */
// biome-ignore lint/suspicious/noExplicitAny: the tests pass arguments that the types reject.
export type Untyped = any;

/** A request as fetch received it. */
export type SentRequest = FetchInit & { readonly url: string; readonly [fetchOption: string]: unknown };

/** Both clients, and the requests that they send. */
export function recordingClients(
  options: OnePayOptions = {},
  respond: () => unknown = () => Response.json({}),
) {
  const sent: SentRequest[] = [];
  const fetch: Fetch = async (url, init) => {
    sent.push({ url, ...init });
    return respond() as Response;
  };
  const create = (others: object = {}) => new OnePay({ apiKey, fetch, ...options, ...others });
  const client = createFetchClient({ apiKey, fetch, ...options });
  return { onepay: create(), client, create, sent };
}

/** Does something that must throw or reject with a TypeError before a request is sent. Returns the message. */
export async function refusal(
  act: (clients: { onepay: Untyped; client: Untyped; create: Untyped }) => unknown,
): Promise<string> {
  const clients = recordingClients();
  let error: unknown;
  try {
    await act(clients);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(TypeError);
  expect(clients.sent).toEqual([]);
  return (error as Error).message;
}
