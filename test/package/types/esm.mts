// What a user writes in an ES module. A program that must not compile is marked with @ts-expect-error.
import {
  ApiError,
  type CreateCustomer,
  type Customer,
  createFetchClient,
  errorOf,
  type FetchClient,
  isOnePayError,
  NotFoundError,
  OnePay,
  OnePayError,
  type OnePayErrorJson,
  type OnePayEvent,
  type OnePayOptions,
  type Page,
  TimeoutError,
} from "onepay-client";

const options: OnePayOptions = {
  apiKey: "sk_test_example",
  timeout: 10_000,
  deadline: undefined,
  headers: { "x-app": "shop" },
  onEvent: (event: OnePayEvent) => event.callId,
};
const onepay = new OnePay(options);

const person: CreateCustomer = {
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  phone: "+573001234567",
  document_type: "CC",
  document_number: "1234567890",
};

// @ts-expect-error OnePay accepts a NIT from companies only.
export const wrong: CreateCustomer = { ...person, user_type: "natural", document_type: "NIT" as const };

export async function create(): Promise<Customer> {
  try {
    const customer = await onepay.customers.create(person, { idempotencyKey: "signup:42" });
    const { data, response, attempts } = await onepay.customers.get(customer.id).withResponse();
    return response.status === 200 && attempts === 1 ? data : customer;
  } catch (error) {
    if (error instanceof ApiError) throw new Error(`${error.status} ${error.codeName ?? ""}`);
    if (isOnePayError(error)) throw new Error(error.outcome);
    throw error;
  }
}

export async function ids(): Promise<string[]> {
  const found: string[] = [];
  for await (const customer of onepay.customers.list()) found.push(customer.id);
  const page: Page<Customer> = await onepay.customers.list({ page: 2 });
  return [...found, ...page.items.map((customer) => customer.id)];
}

// @ts-expect-error A read has no idempotency key.
export const read = onepay.customers.get("id", { idempotencyKey: "signup:42" });

export async function charge(): Promise<unknown> {
  return onepay.request({ method: "POST", path: "/charges", body: { amount: 5000 } }, { timeout: 10_000 });
}

export async function describeFailure(): Promise<string> {
  try {
    await onepay.customers.delete("id");
    return "deleted";
  } catch (error) {
    if (error instanceof NotFoundError) return `${error.status} ${error.requestId ?? ""}`;
    if (error instanceof TimeoutError) return `${error.attempts} attempts`;
    if (!(error instanceof OnePayError)) throw error;
    const json: OnePayErrorJson = error.toJSON();
    return OnePayError.fromJSON(json).outcome;
  }
}

const client: FetchClient = createFetchClient(options);

export async function fetched(): Promise<string | undefined> {
  const { data } = await client.GET("/customers/{customer_id}", { params: { path: { customer_id: "id" } } });
  return data?.id;
}

export async function fetchCreated(): Promise<string | undefined> {
  const { data, error, response } = await client.POST("/customers", {
    body: person,
    idempotencyKey: "signup:42",
    timeout: 10_000,
  });
  if (error) return errorOf(response)?.outcome;
  return data?.id;
}

// @ts-expect-error The API has no such path.
export const absent = () => client.GET("/absent");
