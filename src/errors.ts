/** What a failed call throws: one family of classes. */
import type { Outcome } from "./types.js";

/** The facts of a failed call that are safe to log: enumerable properties of the error, and what `toJSON()` returns. */
export interface ErrorFacts {
  /** The operationId, such as `createCustomer`; the method and path template for `onepay.request()`. */
  readonly operation: string;
  /** The idempotency key of the call. Resume with it after a crash. `undefined` if the operation takes none. */
  readonly idempotencyKey?: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** `"rejected"`: the server certainly did not act. `"unknown"`: it may have acted. */
  readonly outcome: Outcome;
  /** Whether the same request may succeed later, without anybody changing anything. */
  readonly retryable: boolean;
  /** HTTP status, if the last attempt had a response. */
  status?: number | undefined;
  /** OnePay's number for the error, such as `10501`. */
  readonly code?: number | undefined;
  /** OnePay's name for the error, such as `insufficient_funds`. Absent if it repeats what was sent. */
  readonly codeName?: string | undefined;
  /** The server's id for this request, if it sent a safe one. */
  readonly requestId?: string | undefined;
  /** Milliseconds that the server asks to wait, if it does. */
  readonly retryAfter?: number | undefined;
}

/** What an error can be created with. Tests pass the facts they need; the others have the defaults of the class. */
export interface ErrorDetails extends Partial<ErrorFacts> {
  readonly message?: string | undefined;
  readonly cause?: unknown;
  /** The response's body. */
  readonly body?: unknown;
  /** The response's headers. */
  readonly responseHeaders?: Headers | undefined;
  /** What is wrong with which field. */
  readonly fields?: Record<string, string[]> | undefined;
}

/** The plain object that `toJSON()` returns. It survives JSON, `structuredClone` and job queues. */
export interface OnePayErrorJson extends ErrorFacts {
  readonly isOnePayError: true;
  readonly name: string;
  readonly message: string;
}

/** The properties that are safe to log. Everything else is behind getters, so that no logger finds it. */
const safeFacts = [
  "operation",
  "idempotencyKey",
  "attempts",
  "outcome",
  "retryable",
  "status",
  "code",
  "codeName",
  "requestId",
  "retryAfter",
] as const satisfies (keyof ErrorFacts)[];

/**
 * The base class of all errors of a call. Wrong arguments are a `TypeError` instead: nothing was sent then.
 *
 * @example
 * try {
 *   await onepay.customers.create(body, { idempotencyKey });
 * } catch (error) {
 *   if (error instanceof OnePayError && error.outcome === "unknown") retryLater(error.idempotencyKey);
 *   else throw error;
 * }
 */
export class OnePayError extends Error {
  declare name: string;
  declare readonly operation: string;
  declare readonly idempotencyKey: string | undefined;
  declare readonly attempts: number;
  declare readonly outcome: Outcome;
  declare readonly retryable: boolean;
  declare status: number | undefined;
  declare readonly code: number | undefined;
  declare readonly codeName: string | undefined;
  declare readonly requestId: string | undefined;
  declare readonly retryAfter: number | undefined;
  /** The reason that the platform, a replaced `fetch` or the signal had, without what the call sent. Not enumerable. */
  declare cause?: unknown;

  // Private, so that neither a logger nor a walk over the properties finds personal data in it.
  readonly #received: Pick<ErrorDetails, "body" | "responseHeaders"> & {
    readonly fields: Record<string, string[]>;
  };

  /** Errors of calls are created by the client. Create one yourself as a test double. */
  constructor(details: ErrorDetails = {}) {
    const { operation = "unknown", message = `${operation}: ${new.target.prototype.name}` } = details;
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    const { body, responseHeaders, fields = {} } = details;
    this.#received = { body, responseHeaders, fields };
    const facts: Partial<ErrorFacts> = { ...defaults(this.name, details), ...details, operation };
    for (const name of safeFacts) {
      // Ordinary properties: frameworks assign some of them.
      if (facts[name] !== undefined) Object.assign(this, { [name]: facts[name] });
    }
  }

  static {
    setName(OnePayError, "OnePayError");
  }

  /** Recognizes errors of another realm or of another copy of the package. */
  get isOnePayError(): true {
    return true;
  }

  /**
   * The first 65,536 characters of the response's body, parsed if it's JSON. `undefined` if there was no response. It
   * may contain personal data, so no log, no JSON and no walk over the properties shows it.
   */
  get body(): unknown {
    return this.#received.body;
  }

  /** The response's headers. `undefined` if there was no response. No log shows them. */
  get responseHeaders(): Headers | undefined {
    return this.#received.responseHeaders;
  }

  /**
   * What is wrong with which field: name → descriptions; those without a field are at `""`. It may repeat what was
   * sent, so no log shows it.
   */
  get fields(): Record<string, string[]> {
    return this.#received.fields;
  }

  /** Name, message and the facts that are safe to log, as a plain object. */
  toJSON(): OnePayErrorJson {
    const facts = Object.fromEntries(safeFacts.map((name) => [name, this[name]] as const));
    return { isOnePayError: true, name: this.name, message: this.message, ...facts } as OnePayErrorJson;
  }

  /**
   * Restores an error from `toJSON()`: the class, the message and the safe facts.
   *
   * @example
   * const error = OnePayError.fromJSON(JSON.parse(job.lastError));
   *
   * @throws TypeError if the value isn't what `toJSON()` returns.
   */
  static fromJSON(json: unknown): OnePayError {
    if (!isOnePayError(json)) throw new TypeError("OnePayError.fromJSON: pass what error.toJSON() returned.");
    const { name, message, ...facts } = json;
    const ErrorClass = errorClasses.find(({ prototype }) => prototype.name === name) ?? OnePayError;
    // The message of an error isn't enumerable, so it isn't among the facts.
    return new ErrorClass({ ...facts, message, cause: undefined });
  }
}

/** On the prototype, and assignable as the name of every error: no logger prints it twice. */
function setName(ErrorClass: { readonly prototype: OnePayError }, name: string): void {
  Object.defineProperty(ErrorClass.prototype, "name", { value: name, writable: true, configurable: true });
}

/** There was no connection, or it broke. If nothing was sent, `outcome` is `"rejected"`. */
export class ConnectionError extends OnePayError {
  declare name: "ConnectionError" | "TimeoutError";
  static {
    setName(ConnectionError, "ConnectionError");
  }
}

/** The response didn't arrive within `timeout`, or the call didn't end within `deadline`. */
export class TimeoutError extends ConnectionError {
  declare name: "TimeoutError";
  static {
    setName(TimeoutError, "TimeoutError");
  }
}

/** The caller's `signal` canceled the call. `cause` is the signal's reason. */
export class AbortError extends OnePayError {
  declare name: "AbortError";
  static {
    setName(AbortError, "AbortError");
  }
}

/** The base class of the errors that have a response. */
export class ResponseError extends OnePayError {
  declare status: number;
  static {
    setName(ResponseError, "ResponseError");
  }

  override get responseHeaders(): Headers {
    return super.responseHeaders ?? new Headers();
  }
}

/** A success can't be read: truncated, too large, not JSON, or not the list that was requested. `body` has its beginning. */
export class InvalidResponseError extends ResponseError {
  declare name: "InvalidResponseError";
  static {
    setName(InvalidResponseError, "InvalidResponseError");
  }
}

/** The server redirects. The client doesn't follow: the API key would go elsewhere, and a POST would become a GET. */
export class RedirectError extends ResponseError {
  declare name: "RedirectError";
  static {
    setName(RedirectError, "RedirectError");
  }
}

/** The server responded with an error status. The subclasses name the common ones. */
export class ApiError extends ResponseError {
  static {
    setName(ApiError, "ApiError");
  }
}

/** 400: the server can't read the request. */
export class BadRequestError extends ApiError {
  declare name: "BadRequestError";
  static {
    setName(BadRequestError, "BadRequestError");
  }
}

/** 401: a wrong API key, or a business error such as an insufficient balance. Only the latter has a `codeName`. */
export class UnauthorizedError extends ApiError {
  declare name: "UnauthorizedError";
  static {
    setName(UnauthorizedError, "UnauthorizedError");
  }
}

/** 403: the company isn't active, or the API key lacks the permission. */
export class ForbiddenError extends ApiError {
  declare name: "ForbiddenError";
  static {
    setName(ForbiddenError, "ForbiddenError");
  }
}

/** 404: it doesn't exist, or it belongs to another company or to the other environment. */
export class NotFoundError extends ApiError {
  declare name: "NotFoundError";
  static {
    setName(NotFoundError, "NotFoundError");
  }
}

/** 409: it conflicts with what exists, or another request with the same idempotency key is in progress. */
export class ConflictError extends ApiError {
  declare name: "ConflictError";
  static {
    setName(ConflictError, "ConflictError");
  }
}

/** 422: a field is invalid. See `fields`. */
export class UnprocessableEntityError extends ApiError {
  declare name: "UnprocessableEntityError";
  static {
    setName(UnprocessableEntityError, "UnprocessableEntityError");
  }
}

/** 429: too many requests, or a duplicate. `retryAfter` is the time to wait, if the server sent one. */
export class RateLimitError extends ApiError {
  declare name: "RateLimitError";
  static {
    setName(RateLimitError, "RateLimitError");
  }
}

/** 5xx: the server failed, and may have acted. */
export class ServerError extends ApiError {
  declare name: "ServerError";
  static {
    setName(ServerError, "ServerError");
  }
}

type ApiErrorClass = typeof ApiError;

/** The class of a status. */
const statusClasses: readonly (readonly [status: number, ErrorClass: ApiErrorClass])[] = [
  [400, BadRequestError],
  [401, UnauthorizedError],
  [403, ForbiddenError],
  [404, NotFoundError],
  [409, ConflictError],
  [422, UnprocessableEntityError],
  [429, RateLimitError],
  [500, ServerError],
];

const errorClasses: readonly (typeof OnePayError)[] = [
  ConnectionError,
  TimeoutError,
  AbortError,
  InvalidResponseError,
  RedirectError,
  ApiError,
  ...statusClasses.map(([, ErrorClass]) => ErrorClass),
];

/** The class of the error for a status. */
export function errorClassOf(status: number): ApiErrorClass {
  if (status >= 500) return ServerError;
  return statusClasses.find(([known]) => known === status)?.[1] ?? ApiError;
}

/** What an error created by hand has, as the real one of its class. */
function defaults(name: string, { idempotencyKey }: ErrorDetails): Partial<ErrorFacts> {
  const status = statusClasses.find(([, { prototype }]) => prototype.name === name)?.[0];
  const isRejection = status !== undefined && status < 500 && status !== 409;
  const isRetryable =
    name === "ConnectionError" || name === "TimeoutError" || status === 429 || status === 500;
  return {
    attempts: 1,
    outcome: isRejection ? "rejected" : "unknown",
    retryable: isRetryable || (status === 409 && idempotencyKey !== undefined),
    status,
  };
}

/**
 * Whether a value is an error of a call, also one of another realm, of another copy of the package, or the plain
 * object that `toJSON()` returned.
 */
export const isOnePayError = (value: unknown): value is OnePayError =>
  (value as { isOnePayError?: unknown } | null | undefined)?.isOnePayError === true;
