/**
 * The vocabulary of the client. This file imports nothing, so that the generated code, the runtime and every
 * consumer can lean on it.
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
   * If a failed attempt may be sent again. `safe`: always. `with-key`: only with the same idempotency key. `never`: only
   * the caller decides.
   */
  readonly retry: "safe" | "with-key" | "never";
  /** Present if the method takes a request body. */
  readonly body?: "required" | "optional";
  /** Present if the method takes query parameters. */
  readonly query?: "required" | "optional";
  /** Numeric query parameters, with the bounds that the OpenAPI document states. */
  readonly numbers?: {
    readonly [parameter: string]: {
      readonly integer?: true;
      readonly minimum?: number;
      readonly maximum?: number;
    };
  };
  /** Fields of the body or of the query that have the name of a call option, and aren't mistaken for one. */
  readonly ownFields?: readonly string[];
  /** Present on lists: the query parameter with the page number, and the field of the envelope with the items. */
  readonly pagination?: { readonly page: string; readonly items: string };
  /**
   * Call options that become headers: option → header, in lower case. The client creates `idempotencyKey` if the caller
   * passes none. The others are secrets, and required.
   */
  readonly headers?: { readonly [option: string]: string };
}

/** The environment that the key selects: `sk_test_…` is `"test"`, `sk_live_…` is `"live"`. */
export type Environment = "test" | "live";

/**
 * What is known of a call that failed. `"rejected"`: the server certainly did not act. `"unknown"`: it may have
 * acted; ask again under the same idempotency key before doing it anew.
 */
export type Outcome = "rejected" | "unknown";

/** A function with the signature of the platform's `fetch`, as far as the client uses it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Extra headers: a text sets one, `null` removes one that the client's own `headers` had set. */
export interface HeaderOptions {
  readonly [name: string]: string | null | undefined;
}

/** Options that hold for every call of a client and can be changed for a single one. */
interface SharedOptions {
  /**
   * Time limit of one attempt in milliseconds, from connecting to the last byte of the body.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * Time limit of the whole call in milliseconds: all attempts, and the waiting between them. Each page of a list
   * is a call of its own.
   *
   * @default undefined (no limit)
   */
  readonly deadline?: number | undefined;
  /**
   * How many times a failed attempt may be sent again. Only what the API's document allows is sent again: reads,
   * and writes under their idempotency key.
   *
   * @default 2
   */
  readonly maxRetries?: number | undefined;
  /**
   * Extra headers for each attempt; `null` removes one. Headers that have an option of their own (`apiKey`,
   * `idempotencyKey`, `customerToken`) cannot be set here.
   *
   * @default {}
   */
  readonly headers?: HeaderOptions | undefined;
  /**
   * Replaces the platform's `fetch`, for tests or for a proxy. It is called with a URL and a plain init, never
   * with a `Request`. The `code` of its errors is believed: one such as `ECONNREFUSED` says that nothing was sent.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: Fetch | undefined;
  /**
   * Called at each step of a call, for logs and metrics. Events hold no secret and no body; what the hook throws
   * is ignored.
   *
   * @default undefined (no hook)
   */
  readonly onEvent?: ((event: OnePayEvent) => void) | undefined;
}

/** Options of a client. */
export interface OnePayOptions extends SharedOptions {
  /**
   * The secret key, `sk_test_…` or `sk_live_…`. Without it the environment variable `ONEPAY_API_KEY` is read,
   * where the platform has environment variables.
   *
   * @default process.env.ONEPAY_API_KEY
   */
  readonly apiKey?: string | undefined;
  /**
   * Where the API is, version included. `https`, or a loopback address (then `http` will do).
   *
   * @default "https://api.onepay.la/v1"
   */
  readonly baseUrl?: string | undefined;
  /**
   * A secret key in a browser can be read by every visitor, so the client refuses to start there. `true` allows
   * it, for tools that only its owner opens.
   *
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}

/** Options of a single call. What is absent is taken from the client. */
export interface RequestOptions extends SharedOptions {
  /**
   * Aborts the call at once, in whatever phase it is, with an `AbortError`. One signal may serve any number of
   * calls.
   *
   * @default undefined (the call cannot be aborted)
   */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a call that carries an idempotency key. */
export interface IdempotentRequestOptions extends RequestOptions {
  /**
   * The key under which the server does this only once, however often it is asked: 1 to 255 visible ASCII
   * characters, without personal data. It belongs to the intent, not to the attempt: see `idempotencyKeyFrom`.
   *
   * @default a random UUID for each call
   */
  readonly idempotencyKey?: string | undefined;
}

/** The answer to a call, with what surrounds it. */
export interface WithResponse<T> {
  /** The same value that the plain promise gives. */
  readonly data: T;
  /** The platform's response of the last attempt, for its status and headers. Its body has been read already. */
  readonly response: Response;
  /** The key the call was made under, where the operation takes one. */
  readonly idempotencyKey: string | undefined;
  /** How many times the request was sent: 1 where nothing went wrong. */
  readonly attempts: number;
}

/** The promise of a call: its value is the plain data. */
export interface OnePayPromise<T> extends Promise<T> {
  /**
   * The data with the response, the idempotency key and the number of attempts. It is the same call: nothing is
   * sent a second time.
   *
   * @example
   * const { data, idempotencyKey } = await onepay.customers.create(body).withResponse();
   */
  withResponse(): Promise<WithResponse<T>>;
}

/** One page of a list. Iterating over it gives its items and then those of the pages after it. */
export interface Page<T> extends AsyncIterable<T> {
  /** The items of this page. */
  readonly items: T[];
  /**
   * Is there, or may there be, a page after this one? An answer that carries no sign of pages may always have
   * one, until a page comes that is empty or has every item of the one before.
   */
  hasNextPage(): boolean;
  /**
   * Asks for the page after this one: a call of its own, with its own time limits.
   *
   * @throws OnePayError as any call does; `InvalidResponseError` where the server repeats a page; `RangeError`
   * where there is no next page.
   */
  nextPage(): PagePromise<T>;
}

/**
 * The promise of a list. Awaited, it gives the first page; iterated over, the items of all pages.
 *
 * @example
 * for await (const customer of onepay.customers.list()) console.log(customer.id);
 */
export interface PagePromise<T> extends Promise<Page<T>> {
  // Spelt out, not inherited: each interface between this and the platform's promise costs the compiler at each list.
  /** The page with the response and the number of attempts, without asking again. */
  withResponse(): Promise<WithResponse<Page<T>>>;
  [Symbol.asyncIterator](): AsyncIterator<T>;
}

/** What every event tells. */
export interface EventBase {
  /** The operationId, such as `createCustomer`. */
  readonly operation: string;
  /** The idempotency key of the call, where it has one. */
  readonly idempotencyKey: string | undefined;
  /** Which attempt this is about, from 1; 0 where the call ended before the first. */
  readonly attempt: number;
  /** Milliseconds since the call began. */
  readonly elapsed: number;
}

/** An attempt is about to be sent. */
export interface RequestEvent extends EventBase {
  readonly type: "request";
}

/** An answer has come, whatever its status, and its body has been read. */
export interface ResponseEvent extends EventBase {
  readonly type: "response";
  /** HTTP status of the answer. */
  readonly status: number;
  /** Milliseconds this attempt took, body included. */
  readonly duration: number;
  /** The server's name for this request, where it gave one that repeats nothing of the request. */
  readonly requestId: string | undefined;
  /** Milliseconds that the server asks to wait, where it does. */
  readonly retryAfter: number | undefined;
}

/** An attempt has failed and will be sent again. */
export interface RetryEvent extends EventBase {
  readonly type: "retry";
  /** Milliseconds to wait before the next attempt. */
  readonly delay: number;
  /** Why: the platform's code of a broken connection, the status, or else the error's name, such as `TimeoutError`. */
  readonly reason: string;
}

/** The call has failed for good. */
export interface ErrorEvent extends EventBase {
  readonly type: "error";
  /** The error's `name`. Its message and body are in no event, since they may hold what a person typed. */
  readonly error: string;
  /** What is known of the outcome. */
  readonly outcome: Outcome;
  /** HTTP status, where the last attempt had an answer. */
  readonly status: number | undefined;
}

/** What `onEvent` is called with. */
export type OnePayEvent = RequestEvent | ResponseEvent | RetryEvent | ErrorEvent;
