import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const id = "00000000-0000-4000-8000-000000000101";
  const page = await onepay.customers.listAccounts(id);
  console.log(page.items.length);
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("This customer doesn't exist.");
  } else if (error instanceof OnePayError) {
    // Unknown doesn't mean none.
    console.log(
      "The accounts are unknown right now:",
      error.message,
    );
  } else {
    throw error;
  }
}
