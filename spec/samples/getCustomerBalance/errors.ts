import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const id = "00000000-0000-4000-8000-000000000101";
  const { label } =
    await onepay.customers.getBalance(id);
  console.log(label);
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("This customer doesn't exist.");
  } else if (error instanceof OnePayError) {
    // Unknown doesn't mean empty: don't show 0.
    console.log(
      "The balance is unknown right now:",
      error.message,
    );
  } else {
    throw error;
  }
}
