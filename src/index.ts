/**
 * An unofficial client for OnePay's customers API.
 *
 * @module
 */
export type * from "../generated/public-types.js";
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
