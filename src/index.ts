/**
 * An unofficial client for OnePay's customers API.
 *
 * @module
 */
export type * from "../generated/operations.js";
// By their names, or the declarations would promise values that the package does not export.
export type { headerOptions, server } from "../generated/operations.js";
export type * from "../generated/schema.js";
// Both files have one of this name: the types of the operations are what a user means.
export type { operations } from "../generated/schema.js";
export {
  AbortError,
  type AnswerDetails,
  ApiError,
  type ApiErrorDetails,
  BadRequestError,
  ConflictError,
  ConnectionError,
  type ErrorDetails,
  ForbiddenError,
  InvalidResponseError,
  isAbortError,
  isApiError,
  isConnectionError,
  isInvalidResponseError,
  isOnePayError,
  isRedirectError,
  isTimeoutError,
  NotFoundError,
  OnePayError,
  RateLimitError,
  RedirectError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  UnprocessableError,
} from "./errors.js";
export { createFetchClient, errorOf, type FetchClientPaths } from "./fetch-client.js";
export { idempotencyKeyFrom } from "./idempotency-key.js";
export { OnePay } from "./onepay.js";
export type * from "./types.js";
