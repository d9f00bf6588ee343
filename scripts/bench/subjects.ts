// The same two calls through each client: create a customer, get a customer.
import { createFetchClient, OnePay } from "onepay-client";
import createClient from "openapi-fetch";
import type { paths } from "../../generated/schema.js";
import { at } from "../generate/openapi.js";
import { readDocument } from "./document.js";
import { load } from "./peers/load.js";

/** One client, ready to call. */
export interface Client {
  create(): Promise<Customer>;
  get(): Promise<Customer>;
}

interface Customer {
  id?: string;
}

type Fetch = typeof globalThis.fetch;

/** How each client is made; without a `fetch` it uses the platform's, as it would for its user. */
export type Subject = (baseUrl: string, fetch?: Fetch) => Promise<Client>;

const document = await readDocument();
const example = (name: string) => (at(document, `#/components/examples/${name}`) as { value: never }).value;

/** What is sent, and what every server here answers: the document's own examples. */
export const body: BodyOf<"post"> = example("create-natural-person");
export const answer: Customer = example("customer-natural-person");
export const id = answer.id ?? "";

type BodyOf<M extends "post"> = paths["/customers"][M]["requestBody"]["content"]["application/json"];

const apiKey = "sk_test_example";
const headers = { authorization: `Bearer ${apiKey}`, accept: "application/json" };
const key = () => ({ "x-idempotency": crypto.randomUUID() });

/** What it takes to make the calls at all; the others' own cost is what they add to this. */
const rawFetch: Subject = async (baseUrl, fetch = globalThis.fetch) => ({
  async create() {
    const response = await fetch(`${baseUrl}/customers`, creating());
    return response.json();
  },
  async get() {
    const response = await fetch(`${baseUrl}/customers/${id}`, { headers });
    return response.json();
  },
});

const creating = () => ({
  method: "POST",
  headers: { ...headers, "content-type": "application/json", ...key() },
  body: JSON.stringify(body),
});

/** The least that a client costs which bounds its calls in time, body included; openapi-fetch does not. */
const boundFetch: Subject = async (baseUrl, fetch = globalThis.fetch) => {
  const bound = async (path: string, init: RequestInit) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30_000);
    try {
      const response = await fetch(baseUrl + path, { ...init, signal: controller.signal });
      return await response.json();
    } finally {
      clearTimeout(timer);
    }
  };
  return { create: () => bound("/customers", creating()), get: () => bound(`/customers/${id}`, { headers }) };
};

const onepay: Subject = async (baseUrl, fetch) => {
  const client = new OnePay({ apiKey, baseUrl, fetch });
  return { create: () => client.customers.create(body), get: () => client.customers.get(id) };
};

const onepayEverythingOn: Subject = async (baseUrl, fetch) => {
  const client = new OnePay({
    apiKey,
    baseUrl,
    fetch,
    deadline: 60_000,
    headers: { "x-trace": "1" },
    onEvent() {},
  });
  const { signal } = new AbortController();
  return {
    create: () => client.customers.create(body, { signal }),
    get: () => client.customers.get(id, { signal }),
  };
};

const onepayFetchClient: Subject = async (baseUrl, fetch) => {
  const client = createFetchClient({ apiKey, baseUrl, fetch });
  return {
    create: async () => (await client.POST("/customers", { body })).data ?? {},
    get: async () =>
      (await client.GET("/customers/{customer_id}", { params: { path: { customer_id: id } } })).data ?? {},
  };
};

const openapiFetch: Subject = async (baseUrl, fetch) => {
  const client = createClient<paths>({ baseUrl, headers, ...(fetch && { fetch }) });
  return {
    create: async () => (await client.POST("/customers", { body, params: { header: key() } })).data ?? {},
    get: async () =>
      (await client.GET("/customers/{customer_id}", { params: { path: { customer_id: id } } })).data ?? {},
  };
};

interface Ky {
  create(options: object): {
    post(path: string, options: object): { json(): Promise<Customer> };
    get(path: string): { json(): Promise<Customer> };
  };
}

const ky: Subject = async (prefixUrl, fetch) => {
  const { default: module } = (await load("ky")) as { default: Ky };
  const client = module.create({ prefixUrl, headers, ...(fetch && { fetch }) });
  return {
    create: () => client.post("customers", { json: body, headers: key() }).json(),
    get: () => client.get(`customers/${id}`).json(),
  };
};

interface Axios {
  create(options: object): {
    post(path: string, body: object, options: object): Promise<{ data: Customer }>;
    get(path: string): Promise<{ data: Customer }>;
  };
}

const axios: Subject = async (baseURL, fetch) => {
  const { default: module } = (await load("axios")) as { default: Axios };
  // On Node axios goes through node:http; only its other way can be given a fetch.
  const client = module.create({ baseURL, headers, ...(fetch && { adapter: "fetch", env: { fetch } }) });
  return {
    create: async () => (await client.post("/customers", body, { headers: key() })).data,
    get: async () => (await client.get(`/customers/${id}`)).data,
  };
};

interface DodoPayments {
  customers: {
    create(body: object, options: object): Promise<Customer>;
    retrieve(id: string): Promise<Customer>;
  };
}

const dodopayments: Subject = async (baseURL, fetch) => {
  const { default: Module } = (await load("dodopayments")) as {
    default: new (options: object) => DodoPayments;
  };
  const client = new Module({ baseURL, bearerToken: apiKey, ...(fetch && { fetch }) });
  return {
    create: () => client.customers.create(body, { headers: key() }),
    get: () => client.customers.retrieve(id),
  };
};

/** Raw fetch first: what the others are measured against. */
export const subjects = {
  "raw fetch": rawFetch,
  "raw fetch with a time limit": boundFetch,
  "onepay-client: `OnePay`": onepay,
  "onepay-client: `OnePay`, everything on": onepayEverythingOn,
  "onepay-client: `createFetchClient`": onepayFetchClient,
  "openapi-fetch": openapiFetch,
  ky,
  axios,
  dodopayments,
} satisfies Record<string, Subject>;

export type SubjectName = keyof typeof subjects;

/** Every client, made and tried: one that does not get its customer is an error, for its figures would mean nothing. */
export async function clients(baseUrl: string, fetch?: Fetch): Promise<Map<SubjectName, Client>> {
  const made = new Map<SubjectName, Client>();
  for (const [name, subject] of Object.entries(subjects) as [SubjectName, Subject][]) {
    const client = await subject(baseUrl, fetch);
    for (const call of [client.create, client.get]) {
      const customer = await call();
      if (customer.id !== id)
        throw new Error(`${name} did not get the customer: ${JSON.stringify(customer)}`);
    }
    made.set(name, client);
  }
  return made;
}
