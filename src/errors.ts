/** What a failed call throws: one family, told apart by class, by `name`, or by a guard. */
import type { Outcome } from "./types.js";

/** What every error of a call tells. */
export interface ErrorDetails {
  /** The operationId, such as `createCustomer`. */
  readonly operation: string;
  /** The idempotency key of the call: go on with it after a crash. `undefined` where the operation takes none. */
  readonly idempotencyKey: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** `"rejected"`: the server certainly did not act. `"unknown"`: it may have. */
  readonly outcome: Outcome;
  /** What the platform, a replaced `fetch` or the caller's signal gave as the reason; without what the call sent. Not enumerable. */
  // As in the platform's Error, which it has to be identical to.
  cause?: unknown;
}

/** What an error tells of the answer that caused it. */
export interface AnswerDetails extends ErrorDetails {
  /** HTTP status. */
  readonly status: number;
  /** Headers of the answer. Not enumerable. */
  readonly headers: Headers;
  /** The first 65,536 characters of the answer: parsed where it is JSON, else the text. Not enumerable, since it may hold personal data. */
  readonly body: unknown;
  /** The server's name for this request, where it gave one that repeats nothing of the request. */
  readonly requestId: string | undefined;
  /** Milliseconds that the server asks to wait, where it does. */
  readonly retryAfter: number | undefined;
}

/** What an error tells of an answer in OnePay's own error shape. */
export interface ApiErrorDetails extends AnswerDetails {
  /** OnePay's number for the error, such as `10501`. */
  readonly code: number | undefined;
  /** OnePay's name for the error, such as `insufficient_funds`: the field to decide by. Absent where it repeats what was sent. */
  readonly codeName: string | undefined;
  /** What is wrong with which field: name → texts; those without a field stand under `""`. Not enumerable: they may repeat what was sent. */
  readonly fields: Record<string, string[]>;
}

/**
 * The root of all errors of a call. Faults of arguments are `TypeError`s instead: nothing was sent then.
 *
 * @example
 * try {
 *   await onepay.customers.create(body, { idempotencyKey });
 * } catch (error) {
 *   if (isOnePayError(error) && error.outcome === "unknown") retryLater(error.idempotencyKey);
 *   else throw error;
 * }
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor defines what the details hold
export class OnePayError extends Error {
  constructor(message: string, details: ErrorDetails & Partial<ApiErrorDetails>) {
    super(message);
    for (const [name, value] of Object.entries(details)) {
      // Not enumerable: what a server sent may hold names, documents, phones, so no print and no log shows it.
      const enumerable = !/cause|headers|body|fields/.test(name);
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable });
    }
  }

  // On the prototype and spelt out: stable under minifiers, and no property of its own in a print.
  override get name(): string {
    return "OnePayError";
  }

  /** By this, and not by their class, the guards know the errors of another realm or another copy of the package. */
  get isOnePayError(): true {
    return true;
  }
}

export interface OnePayError extends ErrorDetails {}

/** No connection, or it broke. Where nothing was sent, `outcome` is `"rejected"`. */
export class ConnectionError extends OnePayError {
  override get name(): "ConnectionError" {
    return "ConnectionError";
  }
}

/** The answer did not come within `timeout`, or the call did not end within `deadline`. */
export class TimeoutError extends OnePayError {
  override get name(): "TimeoutError" {
    return "TimeoutError";
  }
}

/** The caller's `signal` aborted the call. `cause` is the signal's reason. */
export class AbortError extends OnePayError {
  override get name(): "AbortError" {
    return "AbortError";
  }
}

/** A success that cannot be read: cut off, not JSON, or not the list that was asked for. `body` has the start of the text. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: as above
export class InvalidResponseError extends OnePayError {
  override get name(): "InvalidResponseError" {
    return "InvalidResponseError";
  }
}

export interface InvalidResponseError extends AnswerDetails {}

/** The server redirects. That is never followed: the key would go elsewhere, and a POST would become a GET. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: as above
export class RedirectError extends OnePayError {
  override get name(): "RedirectError" {
    return "RedirectError";
  }
}

export interface RedirectError extends AnswerDetails {}

/** The server answered with an error status. The subclasses name the common ones. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: as above
export class ApiError extends OnePayError {
  override get name(): string {
    return "ApiError";
  }
}

export interface ApiError extends ApiErrorDetails {}

/** 400: the request cannot be read. */
export class BadRequestError extends ApiError {
  override get name(): "BadRequestError" {
    return "BadRequestError";
  }
}

/** 401: a wrong key, or an error of business such as too little balance. `codeName` tells which. */
export class UnauthorizedError extends ApiError {
  override get name(): "UnauthorizedError" {
    return "UnauthorizedError";
  }
}

/** 403: the company is not active, or the key lacks the permission. */
export class ForbiddenError extends ApiError {
  override get name(): "ForbiddenError" {
    return "ForbiddenError";
  }
}

/** 404: there is no such thing, or it is another company's or of the other environment. */
export class NotFoundError extends ApiError {
  override get name(): "NotFoundError" {
    return "NotFoundError";
  }
}

/** 409: it conflicts with what is there already. */
export class ConflictError extends ApiError {
  override get name(): "ConflictError" {
    return "ConflictError";
  }
}

/** 422: a field is wrong. `fields` tells which. */
export class UnprocessableError extends ApiError {
  override get name(): "UnprocessableError" {
    return "UnprocessableError";
  }
}

/** 429: too many requests. `retryAfter` tells how long to wait, where the server said so. */
export class RateLimitError extends ApiError {
  override get name(): "RateLimitError" {
    return "RateLimitError";
  }
}

/** 5xx: the server failed, and may have acted. */
export class ServerError extends ApiError {
  override get name(): "ServerError" {
    return "ServerError";
  }
}

/** The class of an error status, and what to do about it. */
const kinds: { [status: number]: [type: typeof ApiError, advice?: string] } = {
  400: [BadRequestError],
  401: [UnauthorizedError, ": check codeName, then the key"],
  403: [ForbiddenError, ": check the company, then the key"],
  404: [NotFoundError, ": check the id, then the key"],
  409: [ConflictError],
  422: [UnprocessableError, ": check fields"],
  429: [RateLimitError],
};

export const apiErrorOf = (status: number): [type: typeof ApiError, advice?: string] =>
  kinds[status] ?? [status < 500 ? ApiError : ServerError];

/** Is it an error of a call, from whatever realm or copy of the package? */
export const isOnePayError = (error: unknown): error is OnePayError =>
  (error as OnePayError | null | undefined)?.isOnePayError === true;

const isNamed = (error: unknown, name: string): boolean => isOnePayError(error) && error.name === name;

/** Is it a broken or refused connection? */
export const isConnectionError = (error: unknown): error is ConnectionError =>
  isNamed(error, "ConnectionError");

/** Is it a time limit? */
export const isTimeoutError = (error: unknown): error is TimeoutError => isNamed(error, "TimeoutError");

/** Is it the caller's own abort? */
export const isAbortError = (error: unknown): error is AbortError => isNamed(error, "AbortError");

/** Is it a success that cannot be read? */
export const isInvalidResponseError = (error: unknown): error is InvalidResponseError =>
  isNamed(error, "InvalidResponseError");

/** Is it a redirect? */
export const isRedirectError = (error: unknown): error is RedirectError => isNamed(error, "RedirectError");

/** Is it an answer with an error status? Its `name` or `status` tells which. */
export const isApiError = (error: unknown): error is ApiError =>
  isOnePayError(error) && (error as ApiError).status >= 400;
