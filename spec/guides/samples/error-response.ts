import {
  type OnePayError,
  UnprocessableEntityError,
} from "onepay-client";

/** What your visitor receives if OnePay fails. */
export function toResponse(error: OnePayError): {
  status: number;
  message: string;
} {
  // Your visitor's data is wrong.
  if (error instanceof UnprocessableEntityError)
    return { status: 422, message: "Check your data." };
  // Temporary: your visitor can try again later.
  if (error.retryable)
    return { status: 503, message: "Try again later." };
  // Everything else is between you and OnePay: a wrong
  // API key must not look like a visitor's wrong login.
  return { status: 502, message: "Payment failed." };
}
