import {
  NotFoundError,
  OnePay,
  OnePayError,
  UnauthorizedError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const customerToken = "12|example-customer-token";
  const id = "00000000-0000-4000-8000-000000009001";
  const charge =
    await onepay.customerSessions.getCharge(id, {
      customerToken,
    });
  console.log(charge.status);
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("This charge doesn't exist.");
  } else if (error instanceof UnauthorizedError) {
    console.log(
      "The session expired, or your API key is wrong.",
    );
  } else if (error instanceof OnePayError) {
    // Unknown doesn't mean failed: get it again later.
    console.log(
      "The status is unknown right now:",
      error.message,
    );
  } else {
    throw error;
  }
}
