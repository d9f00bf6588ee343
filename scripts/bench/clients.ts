// The same two calls through each client: create a customer, get a customer.
import { createFetchClient, OnePay, type OnePayOptions, type RequestOptions } from "onepay-client";
import { driftCheck } from "onepay-client/drift";
import createClient from "openapi-fetch";
import type { CreateCustomer, Customer, paths } from "../../generated/schema.js";
import { exampleOf } from "./document.js";

/** A client that is ready to call. */
export interface Calls {
  create(): Promise<Customer | undefined>;
  get(): Promise<Customer | undefined>;
}

export type Clients = Awaited<ReturnType<typeof createClients>>;

/** Creates every client and checks that both of its calls return the customer. `fetch` replaces the platform's. */
export async function createClients(baseUrl: string, fetch = globalThis.fetch) {
  const body = await exampleOf<CreateCustomer>("create-natural-person");
  const { id } = await exampleOf<Customer>("customer-natural-person");
  const apiKey = "sk_test_example";
  const headers = { authorization: `Bearer ${apiKey}`, accept: "application/json" };
  const idempotencyHeader = () => ({ "x-idempotency": crypto.randomUUID() });
  const createInit = (): RequestInit => ({
    method: "POST",
    headers: { ...headers, "content-type": "application/json", ...idempotencyHeader() },
    body: JSON.stringify(body),
  });
  const byId = { params: { path: { customer_id: id } } };

  const throughOnePay = (options?: Partial<OnePayOptions>, callOptions?: RequestOptions): Calls => {
    const { customers } = new OnePay({ apiKey, baseUrl, fetch, ...options });
    return { create: () => customers.create(body, callOptions), get: () => customers.get(id, callOptions) };
  };
  const everything = { deadline: 60_000, headers: { "x-trace": "1" }, onEvent() {} };
  const { signal } = new AbortController();
  const fetchClient = createFetchClient({ apiKey, baseUrl, fetch });
  const openapiFetch = createClient<paths>({ baseUrl, headers, fetch });

  const clients = {
    "raw fetch": {
      create: async () => (await fetch(`${baseUrl}/customers`, createInit())).json(),
      get: async () => (await fetch(`${baseUrl}/customers/${id}`, { headers })).json(),
    },
    "raw fetch with a timeout": {
      create: () => fetchWithTimeout(fetch, `${baseUrl}/customers`, createInit()),
      get: () => fetchWithTimeout(fetch, `${baseUrl}/customers/${id}`, { headers }),
    },
    "`OnePay`": throughOnePay(),
    "`OnePay`, everything on": throughOnePay(everything, { signal }),
    "`OnePay`, everything on, with `driftCheck()`": throughOnePay(
      { ...everything, responseCheck: driftCheck() },
      { signal },
    ),
    "`createFetchClient`": {
      create: async () => (await fetchClient.POST("/customers", { body })).data,
      get: async () => (await fetchClient.GET("/customers/{customer_id}", byId)).data,
    },
    "openapi-fetch": {
      create: async () =>
        (await openapiFetch.POST("/customers", { body, params: { header: idempotencyHeader() } })).data,
      get: async () => (await openapiFetch.GET("/customers/{customer_id}", byId)).data,
    },
  } satisfies Record<string, Calls>;

  for (const [name, { create, get }] of Object.entries<Calls>(clients))
    for (const customer of [await create(), await get()])
      if (customer?.id !== id)
        throw new Error(`${name} didn't return the customer: ${JSON.stringify(customer)}`);
  return clients;
}

/** The minimum cost of a timeout that includes the body. openapi-fetch has no timeout. */
async function fetchWithTimeout(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
): Promise<Customer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 30_000);
  try {
    const response = await fetch(url, { ...init, signal: controller.signal });
    return (await response.json()) as Customer;
  } finally {
    clearTimeout(timer);
  }
}
