import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const customer = await onepay.customers.get(
    "9da58912-101d-46f8-86c9-20a52119c0bf",
  );
  console.log(customer.id);
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("No such customer in your company.");
  } else if (error instanceof OnePayError) {
    console.log("The request failed:", error.message);
  } else throw error;
}
