import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const id = "00000000-0000-4000-8000-000000000101";
  const customer = await onepay.customers.get(id);
  console.log(customer.id);
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("This customer doesn't exist.");
  } else if (error instanceof OnePayError) {
    console.log(
      "The customer is unknown right now:",
      error.message,
    );
  } else {
    throw error;
  }
}
