import {
  OnePay,
  OnePayError,
  UnauthorizedError,
  UnprocessableEntityError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const customerToken = "12|example-customer-token";
  const charge =
    await onepay.customerSessions.createCharge(
      {
        payment_method_id:
          "00000000-0000-4000-8000-000000006001",
        // Cents: fifty thousand pesos.
        amount: 5_000_000,
        currency: "COP",
      },
      { customerToken, idempotencyKey: "order:1001" },
    );
  console.log(charge.charge_id, charge.status);
} catch (error) {
  if (
    error instanceof UnauthorizedError &&
    error.codeName
  ) {
    console.log(
      "Declined. Nothing was charged:",
      error.codeName,
    );
  } else if (error instanceof UnauthorizedError) {
    console.log(
      "The session expired, or your API key is wrong.",
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
      "The customer may have been charged.",
      "Retry with the same key:",
      error.idempotencyKey,
    );
  } else if (error instanceof OnePayError) {
    console.log("Nothing was charged:", error.message);
  } else {
    throw error;
  }
}
