// Made by `npm run generate` from the document in spec/. Do not edit: change the document, then generate.
import type { IdempotentRequestOptions, OnePayPromise, Operation, PagePromise, RequestOptions } from "../src/types.js";
import type { operations as Schema, Account, Balance, Card, Charge, CreateCharge, CreateCustomer, CreateTransaction, Customer, CustomerSession, PaymentMethods, Transaction, VerifyCustomerSession } from "./schema.js";

export const operations = {
  listCustomers: { resource: "customers", name: "list", path: "/customers", method: "get", retry: "safe", query: true, pagination: { page: "page", items: "data" } },
  createCustomer: { resource: "customers", name: "create", path: "/customers", method: "post", retry: "with-key", body: true, headers: { idempotencyKey: "x-idempotency" } },
  getCustomer: { resource: "customers", name: "get", path: "/customers/{customer_id}", method: "get", retry: "safe" },
  deleteCustomer: { resource: "customers", name: "delete", path: "/customers/{customer_id}", method: "delete", retry: "safe" },
  getCustomerBalance: { resource: "customers", name: "getBalance", path: "/customers/{customer_id}/balance", method: "get", retry: "safe" },
  listCustomerTransactions: { resource: "customers", name: "listTransactions", path: "/customers/{customer_id}/transactions", method: "get", retry: "safe", query: true, pagination: { page: "page", items: "data" } },
  createCustomerTransaction: { resource: "customers", name: "createTransaction", path: "/customers/{customer_id}/transactions", method: "post", retry: "with-key", body: true, headers: { idempotencyKey: "x-idempotency" } },
  listCustomerAccounts: { resource: "customers", name: "listAccounts", path: "/customers/{customer_id}/accounts", method: "get", retry: "safe", query: true, pagination: { page: "page", items: "data" } },
  listCustomerCards: { resource: "customers", name: "listCards", path: "/customers/{customer_id}/cards", method: "get", retry: "safe", query: true, pagination: { page: "page", items: "data" } },
  verifyCustomerSession: { resource: "customerSessions", name: "verify", path: "/customers/login/verify", method: "post", retry: "never", body: true },
  listCustomerSessionPaymentMethods: { resource: "customerSessions", name: "listPaymentMethods", path: "/customers/session/payment-methods", method: "get", retry: "safe", headers: { customerToken: "x-customer-token" } },
  createCustomerSessionCharge: { resource: "customerSessions", name: "createCharge", path: "/customers/session/charges", method: "post", retry: "with-key", body: true, headers: { idempotencyKey: "x-idempotency", customerToken: "x-customer-token" } },
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

/** The methods of `customers`. */
export interface CustomersResource {
  /**
   * List customers.
   *
   * Lists your customers, page by page. OnePay names the operation and shows neither its parameters nor its answer.
   *
   * Whoever looks for one customer has to compare the rows: a filter that the server ignores leaves somebody else in
   * the first one. Some integrators send flat parameters, `document_number` and `limit`, instead of `filter` and
   * `per_page`.
   *
   * `GET /customers`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/customers
   */
  list(query?: ListCustomersQuery, options?: RequestOptions): PagePromise<Customer>;
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
  /**
   * Get a customer.
   *
   * Gets one customer by its id.
   *
   * `GET /customers/{customer_id}`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `404`: There is no such customer, or it is another company's. OnePay documents this for another resource.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/customers
   */
  get(customerId: string, options?: RequestOptions): OnePayPromise<Customer>;
  /**
   * Delete a customer.
   *
   * Deletes a customer. OnePay names the operation and describes nothing of it: neither what happens to the wallet, nor whether it can be undone.
   *
   * `DELETE /customers/{customer_id}`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `404`: There is no such customer, or it is another company's. OnePay documents this for another resource.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/customers
   */
  delete(customerId: string, options?: RequestOptions): OnePayPromise<void>;
  /**
   * Get a customer's wallet balance.
   *
   * Gets what is in a customer's wallet, in whole pesos.
   *
   * `GET /customers/{customer_id}/balance`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `404`: There is no such customer, or it is another company's. OnePay documents this for another resource.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/wallets/balance
   */
  getBalance(customerId: string, options?: RequestOptions): OnePayPromise<Balance>;
  /**
   * List the movements of a customer's wallet.
   *
   * Lists what came into a customer's wallet and what left it, page by page.
   *
   * `GET /customers/{customer_id}/transactions`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `404`: There is no such customer, or it is another company's. OnePay documents this for another resource.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/wallets/transactions
   */
  listTransactions(customerId: string, query?: ListCustomerTransactionsQuery, options?: RequestOptions): PagePromise<Transaction>;
  /**
   * Top up a customer's wallet.
   *
   * Moves money from your company's balance into a customer's wallet. The amount is in whole pesos.
   *
   * An empty balance or too small a one answers 401 with a `code_name`, not 422.
   *
   * `POST /customers/{customer_id}/transactions`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `404`: There is no such customer, or it is another company's. OnePay documents this for another resource.
   * - `415`: The body is not declared as `application/json`.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/wallets/toupwallet
   */
  createTransaction(customerId: string, body: CreateTransaction, options?: IdempotentRequestOptions): OnePayPromise<Transaction>;
  /**
   * List a customer's bank accounts.
   *
   * Lists the bank accounts that a customer has on file, page by page.
   *
   * `GET /customers/{customer_id}/accounts`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `404`: There is no such customer, or it is another company's. OnePay documents this for another resource.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   */
  listAccounts(customerId: string, query?: ListCustomerAccountsQuery, options?: RequestOptions): PagePromise<Account>;
  /**
   * List a customer's cards.
   *
   * Lists the cards that a customer has on file, page by page.
   *
   * `GET /customers/{customer_id}/cards`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `404`: There is no such customer, or it is another company's. OnePay documents this for another resource.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   */
  listCards(customerId: string, query?: ListCustomerCardsQuery, options?: RequestOptions): PagePromise<Card>;
}

/** The methods of `customerSessions`. */
export interface CustomerSessionsResource {
  /**
   * Verify a one-time password.
   *
   * Takes the one-time password that a customer received and begins a session of the customer. The session's calls
   * take its token beside your secret key.
   *
   * A password is spent once, and this operation has no idempotency key; so the client never sends it again by itself.
   * OnePay names a condition `CustomerBanned` without saying when it arises. How a password is asked for is not
   * described.
   *
   * `POST /customers/login/verify`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `415`: The body is not declared as `application/json`.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/customer-session/verify-otp
   */
  verify(body: VerifyCustomerSession, options?: RequestOptions): OnePayPromise<CustomerSession>;
  /**
   * List the customer's payment methods.
   *
   * Lists what the customer of the session can pay with: cards, wallets and bank accounts. They come all at once, by kind.
   *
   * `GET /customers/session/payment-methods`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/customer-session/list-payment-methods
   */
  listPaymentMethods(options: ListCustomerSessionPaymentMethodsOptions): OnePayPromise<PaymentMethods>;
  /**
   * Charge the customer.
   *
   * Charges the customer of the session by one of the customer's payment methods. The amount is in cents: `100` is 1
   * peso.
   *
   * Some methods have the customer approve the charge by WhatsApp; then the answer has an `expires_at`.
   *
   * `POST /customers/session/charges`
   *
   * Errors, by status:
   * - `401`: The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key.
   * - `403`: The company is not active, or the key lacks the permission.
   * - `415`: The body is not declared as `application/json`.
   * - `422`: The request was read and something in it is not accepted. The field errors come in one of several shapes.
   * - `429`: Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes.
   * - `5XX`: OnePay, or something on the way to it, failed. Whether the request had an effect is not known.
   *
   * @see https://docs.onepay.la/client/customer-session/create-charge
   */
  createCharge(body: CreateCharge, options: CreateCustomerSessionChargeOptions): OnePayPromise<Charge>;
}

/** The resources of the client, by name. */
export interface Resources {
  readonly customers: CustomersResource;
  readonly customerSessions: CustomerSessionsResource;
}
