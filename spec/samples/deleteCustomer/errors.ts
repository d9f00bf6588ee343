import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

try {
  await onepay.customers.delete(
    "9da58912-101d-46f8-86c9-20a52119c0bf",
  );
  console.log("deleted");
} catch (error) {
  if (error instanceof NotFoundError) {
    // Also if an earlier attempt deleted the customer
    // and its response was lost.
    console.log("The customer no longer exists.");
  } else if (
    error instanceof OnePayError &&
    error.outcome === "unknown"
  ) {
    console.log(
      "It may be deleted. Get the customer to check:",
      error.message,
    );
  } else if (error instanceof OnePayError) {
    console.log("Nothing was deleted:", error.message);
  } else throw error;
}
