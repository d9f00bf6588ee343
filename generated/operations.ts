// Made by `npm run generate` from the document in spec/. Do not edit: change the document, then generate.
import type { IdempotentRequestOptions, OnePayPromise, Operation } from "../src/types.js";
import type { CreateCustomer, Customer } from "./schema.js";

export const operations = {
  createCustomer: { method: "post", path: "/customers", resource: "customers", name: "create", retry: "with-key", idempotencyKey: "x-idempotency", body: true },
} as const satisfies Record<string, Operation>;

/** The server that the document names. */
export const server = "https://api.onepay.la/v1";

/** The methods of `customers`. */
export interface CustomersResource {
  /**
   * Create a customer.
   *
   * Creates a customer in your company, a person or a company. What happens where the customer exists already is not
   * documented, so keep the id of the answer, and use the same idempotency key when the answer was lost.
   *
   * `POST /customers`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `415`: The body is not declared as `application/json`.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/customers
   */
  create(body: CreateCustomer, options?: IdempotentRequestOptions): OnePayPromise<Customer>;
}

/** The resources of the client, by name. */
export interface Resources {
  readonly customers: CustomersResource;
}
