// Made by `npm run generate` from the document in spec/. Do not edit: change the document, then generate.
import type { IdempotentRequestOptions, OnePayPromise, Operation, PagePromise, RequestOptions } from "../src/types.js";
import type { operations as Schema, Account, Balance, Card, Charge, ChargeDetail, CreateCharge, CreateCustomer, Customer, CustomerSession, PaymentMethods, TopUp, Transaction, VerifyCustomerSession } from "./schema.js";

export const operations = {
  listCustomers: { resource: "customers", name: "list", path: "/customers", method: "get", retry: "safe", query: true, pagination: { page: "page", items: "data" } },
  createCustomer: { resource: "customers", name: "create", path: "/customers", method: "post", retry: "with-key", body: true, headers: { idempotencyKey: "x-idempotency" } },
  getCustomer: { resource: "customers", name: "get", path: "/customers/{customer_id}", method: "get", retry: "safe" },
  deleteCustomer: { resource: "customers", name: "delete", path: "/customers/{customer_id}", method: "delete", retry: "safe" },
  getCustomerBalance: { resource: "customers", name: "getBalance", path: "/customers/{customer_id}/balance", method: "get", retry: "safe" },
  listCustomerTransactions: { resource: "customers", name: "listTransactions", path: "/customers/{customer_id}/transactions", method: "get", retry: "safe", query: true, pagination: { page: "page", items: "data" } },
  topUpCustomer: { resource: "customers", name: "topUp", path: "/customers/{customer_id}/transactions", method: "post", retry: "with-key", body: true, headers: { idempotencyKey: "x-idempotency" } },
  listCustomerAccounts: { resource: "customers", name: "listAccounts", path: "/customers/{customer_id}/accounts", method: "get", retry: "safe", query: true, pagination: { page: "page", items: "data" } },
  listCustomerCards: { resource: "customers", name: "listCards", path: "/customers/{customer_id}/cards", method: "get", retry: "safe", query: true, pagination: { page: "page", items: "data" } },
  verifyCustomerSession: { resource: "customerSessions", name: "verify", path: "/customers/login/verify", method: "post", retry: "never", body: true },
  listCustomerSessionPaymentMethods: { resource: "customerSessions", name: "listPaymentMethods", path: "/customers/session/payment-methods", method: "get", retry: "safe", headers: { customerToken: "x-customer-token" } },
  createCustomerSessionCharge: { resource: "customerSessions", name: "createCharge", path: "/customers/session/charges", method: "post", retry: "with-key", body: true, headers: { idempotencyKey: "x-idempotency", customerToken: "x-customer-token" } },
  getCustomerSessionCharge: { resource: "customerSessions", name: "getCharge", path: "/customers/session/charges/{charge_id}", method: "get", retry: "safe", headers: { customerToken: "x-customer-token" } },
} as const satisfies Record<string, Operation>;

/** The server that the document names. */
export const server = "https://api.onepay.la/v1";

/** Headers that an option sets: header → option. */
export const headerOptions: { readonly [header: string]: string } = { authorization: "apiKey", "x-idempotency": "idempotencyKey", "x-customer-token": "customerToken" };

/** The query of `customers.list`. */
export type ListCustomersQuery = NonNullable<Schema["listCustomers"]["parameters"]["query"]>;

/** The query of `customers.listTransactions`. */
export type ListCustomerTransactionsQuery = NonNullable<Schema["listCustomerTransactions"]["parameters"]["query"]>;

/** The query of `customers.listAccounts`. */
export type ListCustomerAccountsQuery = NonNullable<Schema["listCustomerAccounts"]["parameters"]["query"]>;

/** The query of `customers.listCards`. */
export type ListCustomerCardsQuery = NonNullable<Schema["listCustomerCards"]["parameters"]["query"]>;

/** The options of `customerSessions.listPaymentMethods`. */
export interface ListCustomerSessionPaymentMethodsOptions extends RequestOptions {
  /** A secret, sent as `x-customer-token`. */
  readonly customerToken: string;
}

/** The options of `customerSessions.createCharge`. */
export interface CreateCustomerSessionChargeOptions extends IdempotentRequestOptions {
  /** A secret, sent as `x-customer-token`. */
  readonly customerToken: string;
}

/** The options of `customerSessions.getCharge`. */
export interface GetCustomerSessionChargeOptions extends RequestOptions {
  /** A secret, sent as `x-customer-token`. */
  readonly customerToken: string;
}

/** The methods of `customers`. */
export interface CustomersResource {
  /**
   * List customers.
   *
   * Lists your customers, page by page.
   *
   * **Compare every row with what you searched for.** OnePay doesn't document the filters, and a server may ignore a
   * filter that it doesn't know. Then the first row is somebody else.
   *
   * **Don't delete while you iterate.** The pages are numbered, so each deletion moves the later rows forward and the
   * next page skips some. Collect the ids first, then delete.
   *
   * OnePay's page names this operation, but shows neither its parameters nor its response. Some integrations send
   * `document_number` and `limit` instead of `filter` and `per_page`.
   *
   * `GET /customers`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `422`: OnePay doesn't accept a parameter of the list.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/customers
   */
  list(query?: ListCustomersQuery, options?: RequestOptions): PagePromise<Customer>;
  /**
   * Create a customer.
   *
   * Creates a customer: a natural person or a company.
   *
   * Store the `id` of the response: the other operations need it. OnePay doesn't document what happens if the customer
   * already exists.
   *
   * `POST /customers`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `415`: The content type of the body isn't `application/json`.
   * - `422`: OnePay doesn't accept a field of the customer. The field errors come in one of several forms.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/customers/create
   */
  create(body: CreateCustomer, options?: IdempotentRequestOptions): OnePayPromise<Customer>;
  /**
   * Get a customer.
   *
   * Returns the customer with this id.
   *
   * `GET /customers/{customer_id}`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `404`: The customer doesn't exist, or belongs to another company. OnePay documents this for another resource.
   * - `422`: OnePay doesn't accept the customer id.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/customers
   */
  get(customerId: string, options?: RequestOptions): OnePayPromise<Customer>;
  /**
   * Delete a customer.
   *
   * Deletes a customer. OnePay only names this operation: it doesn't document what happens to the wallet, nor whether the deletion can be undone.
   *
   * `DELETE /customers/{customer_id}`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `404`: The customer doesn't exist, or belongs to another company. OnePay documents this for another resource.
   * - `422`: OnePay doesn't accept the customer id.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/customers
   */
  delete(customerId: string, options?: RequestOptions): OnePayPromise<void>;
  /**
   * Get a customer's wallet balance.
   *
   * Returns the balance of a customer's wallet, in whole pesos.
   *
   * `GET /customers/{customer_id}/balance`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `404`: The customer doesn't exist, or belongs to another company. OnePay documents this for another resource.
   * - `422`: OnePay doesn't accept the customer id.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/wallets/balance
   */
  getBalance(customerId: string, options?: RequestOptions): OnePayPromise<Balance>;
  /**
   * List a customer's wallet transactions.
   *
   * Lists the transactions of a customer's wallet, such as top-ups and withdrawals, page by page.
   *
   * `GET /customers/{customer_id}/transactions`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `404`: The customer doesn't exist, or belongs to another company. OnePay documents this for another resource.
   * - `422`: OnePay doesn't accept a parameter of the list.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/wallets/transactions
   */
  listTransactions(customerId: string, query?: ListCustomerTransactionsQuery, options?: RequestOptions): PagePromise<Transaction>;
  /**
   * Top up a customer's wallet.
   *
   * Moves money from your company's balance to a customer's wallet. The amount is in whole pesos.
   *
   * If your company's balance is too low, the response is a 401 with a `code_name`, not a 422.
   *
   * `POST /customers/{customer_id}/transactions`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `404`: The customer doesn't exist, or belongs to another company. OnePay documents this for another resource.
   * - `415`: The content type of the body isn't `application/json`.
   * - `422`: OnePay doesn't accept a field of the top-up.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/wallets/toupwallet
   */
  topUp(customerId: string, body: TopUp, options?: IdempotentRequestOptions): OnePayPromise<Transaction>;
  /**
   * List a customer's bank accounts.
   *
   * Lists the registered bank accounts of a customer, page by page.
   *
   * `GET /customers/{customer_id}/accounts`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `404`: The customer doesn't exist, or belongs to another company. OnePay documents this for another resource.
   * - `422`: OnePay doesn't accept a parameter of the list.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   */
  listAccounts(customerId: string, query?: ListCustomerAccountsQuery, options?: RequestOptions): PagePromise<Account>;
  /**
   * List a customer's cards.
   *
   * Lists the registered cards of a customer, page by page.
   *
   * `GET /customers/{customer_id}/cards`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `404`: The customer doesn't exist, or belongs to another company. OnePay documents this for another resource.
   * - `422`: OnePay doesn't accept a parameter of the list.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   */
  listCards(customerId: string, query?: ListCustomerCardsQuery, options?: RequestOptions): PagePromise<Card>;
}

/** The methods of `customerSessions`. */
export interface CustomerSessionsResource {
  /**
   * Verify a one-time password.
   *
   * Verifies the one-time password (OTP) that a customer received, and returns a session token. Pass that token to the
   * other operations of the session.
   *
   * A password works once, and this operation has no idempotency key. So the client never retries it. If the outcome is
   * unknown, have a new password sent.
   *
   * OnePay's page doesn't describe the request that sends the password. It names a condition `CustomerBanned` without
   * explaining it.
   *
   * `POST /customers/login/verify`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `415`: The content type of the body isn't `application/json`.
   * - `422`: The one-time password is wrong or expired, or OnePay doesn't accept a field.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/customer-session/verify-otp
   */
  verify(body: VerifyCustomerSession, options?: RequestOptions): OnePayPromise<CustomerSession>;
  /**
   * List the customer's payment methods.
   *
   * Lists the payment methods of the session's customer: cards, wallets and PSE bank accounts. The response has all of them, without pages.
   *
   * `GET /customers/session/payment-methods`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `422`: OnePay doesn't accept the request, for example because of the session.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/customer-session/list-payment-methods
   */
  listPaymentMethods(options: ListCustomerSessionPaymentMethodsOptions): OnePayPromise<PaymentMethods>;
  /**
   * Create a charge.
   *
   * Charges one of the payment methods of the session's customer. The amount is in cents: `100` is 1 peso.
   *
   * With a live key, the customer must approve the charge by WhatsApp. Then the response has an `expires_at`. To follow
   * the charge, get it by its `charge_id`.
   *
   * OnePay's page describes a charge to a card. It doesn't state whether a wallet or a PSE account can be charged.
   *
   * `POST /customers/session/charges`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `415`: The content type of the body isn't `application/json`.
   * - `422`: OnePay doesn't accept a field of the charge. OnePay's page also connects this status with a charge in status `created`; the full condition isn't known.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/customer-session/create-charge
   */
  createCharge(body: CreateCharge, options: CreateCustomerSessionChargeOptions): OnePayPromise<Charge>;
  /**
   * Get a charge.
   *
   * Returns the status and the details of a charge to the session's customer.
   *
   * Use it after you create a charge, to see whether the customer approved it.
   *
   * `GET /customers/session/charges/{charge_id}`
   *
   * Errors, by status:
   * - `401`: The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token.
   * - `403`: Your company isn't active, or the API key doesn't have the permission.
   * - `404`: The charge doesn't exist, or belongs to another customer.
   * - `422`: OnePay doesn't accept the charge id.
   * - `429`: Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge.
   * - `5XX`: OnePay or a proxy in front of it failed. The request may have been executed.
   *
   * @see https://docs.onepay.la/client/customer-session/show-charge
   */
  getCharge(chargeId: string, options: GetCustomerSessionChargeOptions): OnePayPromise<ChargeDetail>;
}

/** The resources of the client, by name. */
export interface Resources {
  readonly customers: CustomersResource;
  readonly customerSessions: CustomerSessionsResource;
}
