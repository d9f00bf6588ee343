// The same two calls through each client: create a customer, get a customer.
import createClient from "openapi-fetch";
import type { CreateCustomer, Customer, paths } from "../../generated/schema.js";
import { exampleOf } from "./document.js";

/** A client that is ready to call. */
export interface Calls {
  create(): Promise<Customer | undefined>;
  get(): Promise<Customer | undefined>;
}

export const rawFetch = "raw fetch";
export const rawFetchWithTimeout = "raw fetch with a timeout";
export const everythingOn = "`OnePay`, everything on";
export const withDriftCheck = "`OnePay`, everything on, with `driftCheck()`";

/** Creates every client and checks that both of its calls return the customer. `fetch` replaces the platform's. */
export async function createClients(
  baseUrl: string,
  fetch = globalThis.fetch,
): Promise<Record<string, Calls>> {
  // Imported here, because the main process imports this module before the package is built.
  const { createFetchClient, OnePay } = await import("onepay-client");
  const { driftCheck } = await import("onepay-client/drift");
  const body = await exampleOf<CreateCustomer>("create-natural-person");
  const { id } = await exampleOf<Customer>("customer-natural-person");
  const apiKey = "sk_test_example";
  const headers = { authorization: `Bearer ${apiKey}`, accept: "application/json" };
  const createHeaders = () => ({ ...headers, "content-type": "application/json", ...idempotencyHeader() });
  const createInit = () => ({ method: "POST", headers: createHeaders(), body: JSON.stringify(body) });
  const byId = { params: { path: { customer_id: id } } };

  const onePay = new OnePay({ apiKey, baseUrl, fetch });
  const options = { deadline: 60_000, headers: { "x-trace": "1" }, onEvent() {} };
  const onePayWithAll = new OnePay({ apiKey, baseUrl, fetch, ...options });
  const onePayWithCheck = new OnePay({ apiKey, baseUrl, fetch, ...options, responseCheck: driftCheck() });
  const { signal } = new AbortController();
  const fetchClient = createFetchClient({ apiKey, baseUrl, fetch });
  const openapiFetch = createClient<paths>({ baseUrl, headers, fetch });

  const clients: Record<string, Calls> = {
    [rawFetch]: {
      create: async () => (await fetch(`${baseUrl}/customers`, createInit())).json(),
      get: async () => (await fetch(`${baseUrl}/customers/${id}`, { headers })).json(),
    },
    [rawFetchWithTimeout]: {
      create: () => fetchWithTimeout(fetch, `${baseUrl}/customers`, createInit()),
      get: () => fetchWithTimeout(fetch, `${baseUrl}/customers/${id}`, { headers }),
    },
    "`OnePay`": {
      create: () => onePay.customers.create(body),
      get: () => onePay.customers.get(id),
    },
    [everythingOn]: {
      create: () => onePayWithAll.customers.create(body, { signal }),
      get: () => onePayWithAll.customers.get(id, { signal }),
    },
    [withDriftCheck]: {
      create: () => onePayWithCheck.customers.create(body, { signal }),
      get: () => onePayWithCheck.customers.get(id, { signal }),
    },
    "`createFetchClient`": {
      create: async () => (await fetchClient.POST("/customers", { body })).data,
      get: async () => (await fetchClient.GET("/customers/{customer_id}", byId)).data,
    },
    "openapi-fetch": {
      create: async () =>
        (await openapiFetch.POST("/customers", { body, params: { header: idempotencyHeader() } })).data,
      get: async () => (await openapiFetch.GET("/customers/{customer_id}", byId)).data,
    },
  };
  await checkClients(clients, id);
  return clients;
}

const idempotencyHeader = () => ({ "x-idempotency": crypto.randomUUID() });

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

async function checkClients(clients: Record<string, Calls>, id: string): Promise<void> {
  for (const [name, { create, get }] of Object.entries(clients)) {
    for (const customer of [await create(), await get()]) {
      if (customer?.id !== id)
        throw new Error(`${name} didn't return the customer: ${JSON.stringify(customer)}`);
    }
  }
}
