import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const page = await onepay.customers.listCards(
    "9da58912-101d-46f8-86c9-20a52119c0bf",
  );
  console.log(page.items.length);
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("No such customer in your company.");
  } else if (error instanceof OnePayError) {
    // Unknown isn't the same as none.
    console.log(
      "The cards are unknown:",
      error.message,
    );
  } else throw error;
}
