/** Creates the error of a failed call: its class, its message and its facts. */
import type { Failure, InvalidReason } from "./attempt.js";
import type { Call, CallState } from "./call.js";
import { parseErrorBody } from "./error-body.js";
import {
  AbortError,
  ConnectionError,
  type ErrorDetails,
  errorClassOf,
  InvalidResponseError,
  type OnePayError,
  RedirectError,
  TimeoutError,
} from "./errors.js";
import { createRedactor, type Redactor } from "./redact.js";
import { isCertificateError, isConnectError, mayHelpToRetryLater, parseRetryAfter } from "./retry.js";

export function createError(call: Call, state: CallState, failure: Failure): OnePayError {
  const { idempotencyKey } = call;
  const redactor = createRedactor(call);
  const outcome = state.mayHaveActed ? "unknown" : "rejected";
  const { ErrorClass, message, details } = describe(call, state, failure, redactor);
  const advice = outcome === "unknown" ? adviceForUnknown(call) : "";
  return new ErrorClass({
    message: `${call.label}: ${message}${advice}`,
    operation: call.operation,
    idempotencyKey,
    attempts: state.attempts,
    outcome,
    retryable: mayHelpToRetryLater(failure, idempotencyKey),
    ...("response" in failure && responseFacts(failure.response, redactor)),
    ...("body" in failure && { body: failure.body }),
    ...("cause" in failure && { cause: redactor.cause(failure.cause) }),
    ...details,
  });
}

/** The facts of a response that are safe to log, and its headers. */
export const responseFacts = (response: Response, redactor: Redactor) => ({
  status: response.status,
  requestId: redactor.name(response.headers.get("x-request-id")),
  retryAfter: parseRetryAfter(response.headers),
  responseHeaders: response.headers,
});

/** A read has no effect, so its outcome doesn't matter to anybody. */
function adviceForUnknown({ method, idempotencyKey }: Call): string {
  if (method === "get" || method === "head") return "";
  return idempotencyKey === undefined
    ? " The server may have acted: check before you send it again."
    : " The server may have acted: retry with the same idempotency key (error.idempotencyKey).";
}

interface Description {
  readonly ErrorClass: new (details: ErrorDetails) => OnePayError;
  readonly message: string;
  readonly details?: ErrorDetails;
}

function describe(call: Call, state: CallState, failure: Failure, redactor: Redactor): Description {
  switch (failure.kind) {
    case "connection":
      return { ErrorClass: ConnectionError, message: connectionMessage(redactor.name(failure.code)) };
    case "invalid-fetch":
      return { ErrorClass: ConnectionError, message: failure.problem };
    case "timeout":
      return { ErrorClass: TimeoutError, message: timeoutMessage(call, state, failure) };
    case "aborted":
      return { ErrorClass: AbortError, message: "The signal canceled the call." };
    case "redirect":
      return {
        ErrorClass: RedirectError,
        message: `${failure.response.status} The server redirects, and the client doesn't follow. Check baseUrl.`,
      };
    case "invalid":
      return {
        ErrorClass: InvalidResponseError,
        message: invalidMessage(call, failure.reason, failure.response),
      };
    case "status":
      return describeStatus(call, failure.response, failure.body, redactor);
  }
}

function connectionMessage(code: string | undefined): string {
  if (code === undefined) return "Connection failed.";
  if (isCertificateError(code))
    return `Connection failed (${code}). Check the certificate of the server or the proxy.`;
  if (code === "EMFILE" || code === "ENFILE")
    return `Connection failed (${code}): too many open files. Make fewer calls at once, or raise the limit.`;
  if (code === "EADDRNOTAVAIL")
    return `Connection failed (${code}): no free local port. Make fewer calls at once.`;
  if (isConnectError(code)) return `Connection failed (${code}). Check baseUrl and the network.`;
  return `Connection lost (${code}).`;
}

function timeoutMessage(
  { settings }: Call,
  { attempts }: CallState,
  { limit }: Extract<Failure, { kind: "timeout" }>,
): string {
  const count = `${attempts} ${attempts === 1 ? "attempt" : "attempts"}`;
  if (limit === "platform")
    return `Request timed out at a limit of the platform's fetch, before the timeout of ${settings.timeout} ms (${count}).`;
  const name = limit === "deadline" ? "the deadline of " : "";
  return `Request timed out after ${name}${settings[limit]} ms (${count}).`;
}

function invalidMessage(call: Call, reason: InvalidReason, { status }: Response): string {
  const messages: Record<InvalidReason, string> = {
    truncated: "The response broke off.",
    "too-large": `The response is larger than ${call.settings.maxResponseBytes} bytes. Raise maxResponseBytes if that's expected.`,
    "not-json": "The response isn't JSON. Check baseUrl.",
    "unexpected-status": "The response has an unexpected status.",
    "not-a-list": "The response isn't a list.",
    "incomplete-list": "The server repeats a page or hides the next one, so the list would be incomplete.",
  };
  return `${status} ${messages[reason]}`;
}

/** What a status means, and what to do. */
const statusMessages: { readonly [status: number]: readonly [meaning: string, advice: string] } = {
  400: ["Bad request", "Check the arguments of the call."],
  401: ["Unauthorized", "Check the API key."],
  403: ["Forbidden", "Check that the company is active and that the API key has the permission."],
  404: ["Not found", "Check the id, and that it belongs to the environment of the API key."],
  408: ["Request timeout", ""],
  409: ["Conflict", "Another request with the same idempotency key may be in progress."],
  422: ["Unprocessable entity", "See error.fields and error.body."],
  429: ["Too many requests", "Retry later."],
};

function describeStatus(call: Call, response: Response, body: unknown, redactor: Redactor): Description {
  const { status } = response;
  const { code, codeName: givenName, fields } = parseErrorBody(body);
  const codeName = redactor.name(givenName);
  return {
    ErrorClass: errorClassOf(status),
    message: `${status} ${statusMessage(call, status, codeName, fieldNames(fields, redactor))}`,
    details: { code, codeName, fields },
  };
}

function statusMessage(call: Call, status: number, codeName: string | undefined, fields: string[]): string {
  // A 401 with a code is a business error: the API key is fine.
  if (status === 401 && codeName) return `Declined: ${codeName}.`;
  if (status === 401 && call.hasCustomerToken)
    return "Unauthorized. Check the customer token and the API key.";
  if (status === 422 && fields.length > 0)
    return `Invalid fields${codeName ? ` (${codeName})` : ""}: ${fields.join(", ")}. See error.fields.`;
  const [meaning, advice] = statusMessages[status] ?? [
    status >= 500 ? "Server error" : "Unexpected status",
    "",
  ];
  return `${meaning}${codeName ? `: ${codeName}` : ""}.${advice && ` ${advice}`}`;
}

/** How many names of fields a message lists. */
const maxFields = 8;

const fieldNames = (fields: Record<string, string[]>, redactor: Redactor): string[] =>
  Object.keys(fields)
    .map(redactor.name)
    .filter((name) => name !== undefined)
    .slice(0, maxFields);
