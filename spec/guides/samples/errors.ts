import {
  OnePay,
  OnePayError,
  UnauthorizedError,
  UnprocessableEntityError,
} from "onepay-client";

const onepay = new OnePay();

/** What to do next, as a line for the log. */
function advice(error: unknown): string {
  // Not a failed call: a bug in the program.
  if (!(error instanceof OnePayError)) throw error;
  // First of all: may the server have acted? A top-up
  // always has a key.
  if (error.outcome === "unknown")
    return `Retry with key ${error.idempotencyKey}.`;
  if (error instanceof UnprocessableEntityError)
    return `Correct: ${Object.keys(error.fields)}.`;
  if (error instanceof UnauthorizedError)
    return error.codeName
      ? `OnePay declined: ${error.codeName}.`
      : "Check the API key.";
  if (error.retryable)
    return `Wait ${error.retryAfter ?? 60_000} ms.`;
  return error.message;
}

try {
  const transaction = await onepay.customers.topUp(
    "00000000-0000-4000-8000-000000000101",
    { amount: 50_000, concept: "Bono de bienvenida" },
    { idempotencyKey: "welcome-bonus:user-42" },
  );
  console.log(transaction.id);
} catch (error) {
  console.log(advice(error));
}
