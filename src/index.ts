/**
 * An unofficial client for OnePay's customers API.
 *
 * @module
 */
export type * from "../generated/public-types.js";
export {
  AbortError,
  ApiError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  type ErrorDetails,
  type ErrorFacts,
  ForbiddenError,
  InvalidResponseError,
  isOnePayError,
  NotFoundError,
  OnePayError,
  type OnePayErrorJson,
  RateLimitError,
  RedirectError,
  ResponseError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  UnprocessableEntityError,
} from "./errors.js";
export {
  createFetchClient,
  errorOf,
  type FetchClient,
  type FetchClientCallOptions,
  type FetchClientPaths,
} from "./fetch-client.js";
export { idempotencyKeyFrom } from "./idempotency-key.js";
export { OnePay } from "./onepay.js";
export type * from "./types.js";
