import {
  InvalidResponseError,
  OnePay,
  OnePayError,
  RateLimitError,
  UnauthorizedError,
  UnprocessableError,
} from "onepay-client";

const onepay = new OnePay();

/** What to do next, for whoever reads the log. */
function advice(error: unknown): string {
  if (!(error instanceof OnePayError)) throw error; // not ours: a fault of the program
  // Known before all else: may the server have acted?
  if (error.outcome === "unknown") return `Ask again under the key ${error.idempotencyKey}.`;
  if (error instanceof UnprocessableError) return `Correct ${Object.keys(error.fields).join(", ")}.`;
  if (error instanceof UnauthorizedError && error.codeName) return `A matter of business: ${error.codeName}.`;
  if (error instanceof UnauthorizedError) return "Check the key.";
  if (error instanceof RateLimitError) return `Wait ${error.retryAfter ?? 60_000} ms.`;
  if (error instanceof InvalidResponseError) return "Look at what stands between you and OnePay.";
  return error.message;
}

try {
  const movement = await onepay.customers.createTransaction(
    "9da58912-101d-46f8-86c9-20a52119c0bf",
    { amount: 50_000, concept: "Bono de bienvenida" },
    { idempotencyKey: "welcome-bonus:user-42" },
  );
  console.log(movement.id);
} catch (error) {
  console.log(advice(error));
}
