/**
 * The types of the client. This file imports nothing, so that the generated code, the runtime and the package's
 * users can all depend on it.
 *
 * @module
 */

/** One operation of the API as plain data: everything that the runtime needs to call it. */
export interface Operation {
  /** HTTP method in lower case. */
  readonly method: "get" | "head" | "post" | "put" | "patch" | "delete" | "options" | "trace";
  /** Path template below the base URL, such as `/customers/{customer_id}`. */
  readonly path: string;
  /** Name of the resource on the client: `onepay.<resource>.<name>()`. */
  readonly resource: string;
  /** Name of the method on its resource. */
  readonly name: string;
  /**
   * Whether a failed attempt may be sent again. `safe`: always. `with-key`: with the same idempotency key only.
   * `never`: the caller decides.
   */
  readonly retry: RetryMode;
  /** Present if the method takes a request body. */
  readonly body?: "required" | "optional";
  /** Present if the method takes a query. */
  readonly query?: "required" | "optional";
  /** Numeric query parameters, with the bounds that the document states. */
  readonly numbers?: { readonly [parameter: string]: NumberBounds };
  /** Fields of the body or the query that share their name with a call option, so that they aren't taken for one. */
  readonly ownFields?: readonly string[];
  /** Present on lists: the query parameter with the page number, and the field of the envelope with the items. */
  readonly pagination?: { readonly page: string; readonly items: string };
  /**
   * Call options that become headers: option → header, in lower case. `idempotencyKey` is created if the caller
   * doesn't pass one; the others are secrets and required.
   */
  readonly headers?: { readonly [option: string]: string };
}

/** When a failed attempt may be sent again. */
export type RetryMode = "safe" | "with-key" | "never";

/** What the document states about a number. */
export interface NumberBounds {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The environment that the API key selects: `sk_test_…` is `"test"`, `sk_live_…` is `"live"`. */
export type Environment = "test" | "live";

/**
 * Whether a failed call had an effect. `"rejected"`: the server certainly did not act. `"unknown"`: it may have
 * acted. Retry a write with the same idempotency key before you do anything else.
 */
export type Outcome = "rejected" | "unknown";

/** What the client passes to `fetch`, plus the `fetchOptions`. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  signal: AbortSignal;
}

/** What the client uses of a response. */
export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/**
 * A function with the signature of the platform's `fetch`, as far as the client uses it. The `fetch` of undici fits,
 * too.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** Extra headers: a string sets one, `null` removes one that the client's own `headers` set. */
export interface HeaderOptions {
  readonly [name: string]: string | null | undefined;
}

/**
 * Options that are passed on to `fetch`, such as `cache`, `keepalive`, `priority`, `dispatcher` (Node.js), `client`
 * (Deno) or `next` (Next.js). The client sets `method`, `headers`, `body`, `redirect` and `signal`.
 */
export interface FetchOptions {
  readonly cache?: string | undefined;
  readonly keepalive?: boolean | undefined;
  readonly priority?: "high" | "low" | "auto" | undefined;
  readonly [name: string]: unknown;
}

/** Options that apply to every call of a client and can be changed for a single call. */
interface SharedOptions {
  /**
   * Timeout of one attempt in milliseconds, from connecting to the last byte of the body. Platforms have limits of
   * their own, such as 300,000 ms for the response headers in Node.js.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * Deadline of the whole call in milliseconds, with all attempts and the delays between them. Each page of a list
   * is a call. A `timeout` above the deadline has no effect: raise both.
   *
   * @default 60_000
   */
  readonly deadline?: number | undefined;
  /**
   * How many times a failed attempt is retried. Only reads, deletes and writes with an idempotency key are retried.
   *
   * @default 2
   */
  readonly maxRetries?: number | undefined;
  /**
   * The largest response body that the client reads, in bytes after decompression. A larger success is an
   * `InvalidResponseError`; of an error response, the client reads the first 65,536 characters.
   *
   * @default 33_554_432 (32 MB)
   */
  readonly maxResponseBytes?: number | undefined;
  /**
   * Extra headers for each attempt; `null` removes one. Headers with an option (`apiKey`, `idempotencyKey`,
   * `customerToken`) and headers of the connection can't be set here.
   *
   * @default {}
   */
  readonly headers?: HeaderOptions | undefined;
  /**
   * Replaces the platform's `fetch`, for tests or a proxy. It's called with a URL and a plain object, never with a
   * `Request`. It must send each request at most once: the client believes the status and the error code that it
   * reports, for example that `ECONNREFUSED` means that nothing was sent.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: Fetch | undefined;
  /**
   * Options that are passed on to `fetch`, such as `cache` or undici's `dispatcher`.
   *
   * @default {}
   */
  readonly fetchOptions?: FetchOptions | undefined;
  /**
   * Called at each step of a call, for logs, metrics and traces. Events contain no secret, no body and no id. An
   * error that the function throws is ignored. If the client and the call both have one, both are called.
   *
   * @default undefined (no events)
   */
  readonly onEvent?: ((event: OnePayEvent) => void) | undefined;
  /**
   * Checks each response. If it returns problems, `onEvent` is called with a `drift` event, at most once per call. The
   * response isn't changed, and an error that the function throws is ignored. `onepay-client/drift` has one.
   *
   * @default undefined (no check)
   */
  readonly responseCheck?: ResponseCheck | undefined;
}

/** Options of a client. */
export interface OnePayOptions extends SharedOptions {
  /**
   * The secret key, `sk_test_…` or `sk_live_…`.
   *
   * @default process.env.ONEPAY_API_KEY
   */
  readonly apiKey?: string | undefined;
  /**
   * URL of the API, version included. It must be `https`; `http` is allowed for a loopback address, and for any host
   * if the API key is a test key.
   *
   * @default process.env.ONEPAY_BASE_URL, or "https://api.onepay.la/v1"
   */
  readonly baseUrl?: string | undefined;
  /**
   * Allows a secret key in a browser or in React Native, where every user can read it. Only for tools that nobody
   * but the key's owner opens.
   *
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}

/** Options of a single call. Options that you don't pass have the client's values. */
export interface RequestOptions extends SharedOptions {
  /**
   * Cancels the call immediately, in any phase, with an `AbortError`. One signal can be used for any number of calls.
   *
   * @default undefined (the call can't be canceled)
   */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a call that has an idempotency key. */
export interface IdempotentRequestOptions extends RequestOptions {
  /**
   * The idempotency key: the server acts only once per key. 1 to 255 visible ASCII characters, without personal data.
   * The key belongs to the intent, not to the attempt: see `idempotencyKeyFrom`.
   *
   * @default a random UUID for each call
   */
  readonly idempotencyKey?: string | undefined;
}

/** A request to a path that the OpenAPI document doesn't describe. */
export interface RawRequest {
  /** HTTP method. GET and HEAD take no body and no idempotency key. */
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path below the base URL, without a query, such as `/payments/9da58912-101d-46f8-86c9-20a52119c0bf`. */
  readonly path: string;
  /** Query parameters. An array repeats its name; an object becomes `name[key]=value`. */
  readonly query?: { readonly [name: string]: unknown } | undefined;
  /** Body, sent as JSON. */
  readonly body?: object | undefined;
}

/** Options of `onepay.request()`. */
export interface RawRequestOptions extends IdempotentRequestOptions {
  /**
   * `"never"`: the request is sent once, even if it has an idempotency key.
   *
   * @default GET and HEAD are retried, other methods with their idempotency key
   */
  readonly retry?: "never" | undefined;
  /** The token of a customer session, sent as `x-customer-token`. */
  readonly customerToken?: string | undefined;
}

/** The result of a call with its response and metadata. */
export interface WithResponse<T> {
  /** What the promise of the method resolves to. */
  readonly data: T;
  /** The platform's response of the last attempt, for its status and headers. Its body has been read. */
  readonly response: Response;
  /** The idempotency key of the call, if the operation takes one. */
  readonly idempotencyKey: string | undefined;
  /** How many times the request was sent: 1 if nothing went wrong. */
  readonly attempts: number;
}

/** The promise of a call. It resolves to the data. */
export interface OnePayPromise<T> extends Promise<T> {
  /**
   * Resolves to the data with the response, the idempotency key and the number of attempts. It's the same call:
   * nothing is sent a second time.
   *
   * @example
   * const { data, idempotencyKey } = await onepay.customers.create(body).withResponse();
   */
  withResponse(): Promise<WithResponse<T>>;
}

/** One page of a list. Iterating over it returns its items, then those of the pages after it. */
export interface Page<T> extends AsyncIterable<T> {
  /** The items of this page. */
  readonly items: T[];
  /** Number of this page, if the response has it. */
  readonly number: number | undefined;
  /** Number of items on all pages, if the response has it. */
  readonly total: number | undefined;
  /** Number of pages, if the response has it. */
  readonly pageCount: number | undefined;
  /**
   * Whether there may be a page after this one. A response without page fields may always have one, until a page is
   * empty or repeats the one before.
   */
  hasNextPage(): boolean;
  /**
   * Requests the page after this one. It's a call with its own timeout and deadline.
   *
   * @throws OnePayError like any call; `InvalidResponseError` if the server repeats a page; `RangeError` if there is
   * no next page.
   */
  getNextPage(): PagePromise<T>;
}

/**
 * The promise of a list. It resolves to the first page; iterating over it returns the items of all pages.
 *
 * Pages are numbered. If you delete rows while you iterate, later rows move to earlier pages and are skipped: collect
 * the ids first, then delete.
 *
 * @example
 * for await (const customer of onepay.customers.list()) console.log(customer.id);
 */
export interface PagePromise<T> extends Promise<Page<T>> {
  // Written out instead of inherited: each interface between this and Promise costs the compiler time at each list.
  /** Resolves to the page with the response and the number of attempts. Nothing is sent a second time. */
  withResponse(): Promise<WithResponse<Page<T>>>;
  /**
   * Collects the items of all pages, at most `limit`. No further page is requested once the limit is reached.
   *
   * @example
   * const customers = await onepay.customers.list().toArray({ limit: 1_000 });
   */
  toArray(options: { readonly limit: number }): Promise<T[]>;
  /**
   * Iterates over the pages instead of the items.
   *
   * @example
   * for await (const page of onepay.customers.list().pages()) console.log(page.items.length);
   */
  pages(): AsyncIterableIterator<Page<T>>;
  [Symbol.asyncIterator](): AsyncIterator<T>;
}

/** What every event has. Everything in an event is safe to log. */
export interface EventBase {
  /** Unique for each call; the same for all events of the call. */
  readonly callId: string;
  /** The operationId, such as `createCustomer`; the method and path for `onepay.request()`. */
  readonly operation: string;
  /** HTTP method, such as `POST`. */
  readonly method: string;
  /** Path template, such as `/customers/{customer_id}`. It never contains an id. */
  readonly path: string;
  /** The idempotency key of the call, if the operation takes one. */
  readonly idempotencyKey: string | undefined;
  /** Number of the attempt, starting at 1; 0 if the call ended before the first attempt. */
  readonly attempt: number;
  /** Milliseconds since the start of the call. */
  readonly elapsed: number;
}

/** An attempt is about to be sent. */
export interface RequestEvent extends EventBase {
  readonly type: "request";
}

/** A response arrived, with any status, and its body was read. */
export interface ResponseEvent extends EventBase {
  readonly type: "response";
  /** HTTP status of the response. */
  readonly status: number;
  /** Milliseconds of this attempt, body included. */
  readonly duration: number;
  /** The server's id for this request, if it sent a safe one. */
  readonly requestId: string | undefined;
  /** Milliseconds that the server asks to wait, if it does. */
  readonly retryAfter: number | undefined;
}

/** An attempt failed and will be retried. */
export interface RetryEvent extends EventBase {
  readonly type: "retry";
  /** Milliseconds until the next attempt. */
  readonly delay: number;
  /** The platform's error code, the status, or the name of the error, such as `TimeoutError`. */
  readonly reason: string;
}

/** The call succeeded. This is its last event. */
export interface SuccessEvent extends EventBase {
  readonly type: "success";
  /** HTTP status of the last response. */
  readonly status: number;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** Milliseconds of the whole call. */
  readonly duration: number;
}

/** The call failed. This is its last event. */
export interface ErrorEvent extends EventBase {
  readonly type: "error";
  /** Name of the error, such as `NotFoundError`. Events don't contain its message and body. */
  readonly error: string;
  /** Whether the server may have acted. */
  readonly outcome: Outcome;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** HTTP status, if the last attempt had a response. */
  readonly status: number | undefined;
  /** OnePay's name for the error, such as `insufficient_funds`, if the response had one. */
  readonly codeName: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** Milliseconds of the whole call. */
  readonly duration: number;
}

/** What `responseCheck` is called with. */
export interface CheckedResponse {
  /** The operationId, such as `createCustomer`; the method and path for `onepay.request()`. */
  readonly operation: string;
  /** HTTP status of the response. */
  readonly status: number;
  /** The parsed JSON; `undefined` if the body is empty or isn't JSON. Don't change it. */
  readonly body: unknown;
}

/** Checks a response, without changing it, and returns what is wrong with it. */
export type ResponseCheck = (response: CheckedResponse) => readonly DriftProblem[];

/** A place where a response deviates from the OpenAPI document. It contains no value of the response. */
export interface DriftProblem {
  /** JSON pointer into the body, with `*` for each index, each key of a map and each undocumented name. */
  readonly pointer: string;
  /** The keyword of JSON Schema; `status` for an undocumented status, `additional` for an undocumented field. */
  readonly keyword: string;
  /** What the document states, such as `string or null`. */
  readonly expected: string;
}

/** A response deviates from the OpenAPI document. Only with `responseCheck`, and at most once per call. */
export interface DriftEvent extends EventBase {
  readonly type: "drift";
  /** HTTP status of the response. */
  readonly status: number;
  readonly problems: readonly DriftProblem[];
}

/** What `onEvent` is called with. A call ends with exactly one `success` or `error`. */
export type OnePayEvent = RequestEvent | ResponseEvent | DriftEvent | RetryEvent | SuccessEvent | ErrorEvent;
