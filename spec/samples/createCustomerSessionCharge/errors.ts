import {
  OnePay,
  OnePayError,
  UnauthorizedError,
  UnprocessableError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const charge =
    await onepay.customerSessions.createCharge(
      {
        payment_method_id:
          "00000000-0000-4000-8000-000000006001",
        amount: 5_000_000,
        currency: "COP",
      },
      {
        customerToken: "12|example-customer-token",
        idempotencyKey: "order:1001",
      },
    );
  console.log(charge.charge_id, charge.status);
} catch (error) {
  if (
    error instanceof UnauthorizedError &&
    error.codeName
  ) {
    console.log(
      "OnePay declined the charge:",
      error.codeName,
    );
  } else if (error instanceof UnauthorizedError) {
    console.log(
      "The session expired, or the API key is wrong.",
    );
  } else if (error instanceof UnprocessableError) {
    console.log("Correct these fields:", error.fields);
  } else if (
    error instanceof OnePayError &&
    error.outcome === "unknown"
  ) {
    console.log(
      "It may be charged. Retry with the same key:",
      error.idempotencyKey,
    );
  } else if (error instanceof OnePayError) {
    console.log("Nothing was charged:", error.message);
  } else throw error;
}
