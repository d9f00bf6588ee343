import {
  OnePay,
  OnePayError,
  UnauthorizedError,
  UnprocessableEntityError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const id = "00000000-0000-4000-8000-000000000101";
  const transaction = await onepay.customers.topUp(
    id,
    { amount: 50_000, concept: "Bono de bienvenida" },
    { idempotencyKey: "welcome-bonus:user-42" },
  );
  console.log(transaction.id);
} catch (error) {
  if (
    error instanceof UnauthorizedError &&
    error.codeName === "insufficient_funds"
  ) {
    console.log(
      "Your company's balance is too low.",
      "No money moved.",
    );
  } else if (
    error instanceof UnprocessableEntityError
  ) {
    console.log("Correct these fields:", error.fields);
  } else if (
    error instanceof OnePayError &&
    error.outcome === "unknown"
  ) {
    console.log(
      "The money may have moved.",
      "Retry with the same key:",
      error.idempotencyKey,
    );
  } else if (error instanceof OnePayError) {
    console.log("No money moved:", error.message);
  } else {
    throw error;
  }
}
