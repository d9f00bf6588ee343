import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const id = "00000000-0000-4000-8000-000000000101";
  await onepay.customers.delete(id);
  console.log("Deleted.");
} catch (error) {
  if (error instanceof NotFoundError) {
    // Perhaps an earlier attempt deleted it and its
    // response was lost.
    console.log("This customer doesn't exist anymore.");
  } else if (
    error instanceof OnePayError &&
    error.outcome === "unknown"
  ) {
    console.log(
      "The customer may be gone. Get it to find out:",
      error.message,
    );
  } else if (error instanceof OnePayError) {
    console.log("Nothing was deleted:", error.message);
  } else {
    throw error;
  }
}
