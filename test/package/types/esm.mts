// What a user writes in an ES module: each public type by its name, each rule that the types hold.
import {
  ApiError,
  type CreateCustomer,
  type Customer,
  createFetchClient,
  isOnePayError,
  OnePay,
  type OnePayOptions,
  type Page,
} from "onepay-client";

const options: OnePayOptions = { apiKey: "sk_test_xxx", timeout: 10_000, headers: { "x-app": "shop" } };
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

// @ts-expect-error A person has no NIT: the wrong pair does not compile.
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

// @ts-expect-error A read takes no idempotency key.
export const read = onepay.customers.get("id", { idempotencyKey: "signup:42" });

export async function fetched(): Promise<string | undefined> {
  const client = createFetchClient(options);
  const { data } = await client.GET("/customers/{customer_id}", { params: { path: { customer_id: "id" } } });
  return data?.id;
}
