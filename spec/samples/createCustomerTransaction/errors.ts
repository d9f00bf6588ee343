import { OnePay, OnePayError, UnauthorizedError, UnprocessableError } from "onepay-client";

const onepay = new OnePay();

try {
  const movement = await onepay.customers.createTransaction(
    "9da58912-101d-46f8-86c9-20a52119c0bf",
    { amount: 50_000, concept: "Bono de bienvenida" },
    { idempotencyKey: "welcome-bonus:user-42" },
  );
  console.log(movement.id);
} catch (error) {
  if (error instanceof UnauthorizedError && error.codeName === "insufficient_funds") {
    console.log("Your company's balance is too low. No money has moved.");
  } else if (error instanceof UnprocessableError) {
    console.log("Mend these:", error.fields);
  } else if (error instanceof OnePayError && error.outcome === "unknown") {
    console.log("The money may have moved. Ask again under the same key:", error.idempotencyKey);
  } else if (error instanceof OnePayError) {
    console.log("No money has moved:", error.message);
  } else throw error;
}
