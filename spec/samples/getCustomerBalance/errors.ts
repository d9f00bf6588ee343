import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const { balance } = await onepay.customers.getBalance(
    "9da58912-101d-46f8-86c9-20a52119c0bf",
  );
  console.log(`${balance} pesos`);
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("No such customer in your company.");
  } else if (error instanceof OnePayError) {
    // Unknown isn't the same as zero: don't show 0.
    console.log(
      "The balance is unknown:",
      error.message,
    );
  } else throw error;
}
