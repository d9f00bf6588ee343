import {
  OnePay,
  OnePayError,
  UnauthorizedError,
  UnprocessableError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const transaction =
    await onepay.customers.createTransaction(
      "9da58912-101d-46f8-86c9-20a52119c0bf",
      { amount: 50_000, concept: "Bono de bienvenida" },
      { idempotencyKey: "welcome-bonus:user-42" },
    );
  console.log(transaction.id);
} catch (error) {
  if (
    error instanceof UnauthorizedError &&
    error.codeName === "insufficient_funds"
  ) {
    console.log("Your company's balance is too low.");
  } else if (error instanceof UnprocessableError) {
    console.log("Correct these fields:", error.fields);
  } else if (
    error instanceof OnePayError &&
    error.outcome === "unknown"
  ) {
    console.log(
      "It may be done. Retry with the same key:",
      error.idempotencyKey,
    );
  } else if (error instanceof OnePayError) {
    console.log("No money was moved:", error.message);
  } else throw error;
}
