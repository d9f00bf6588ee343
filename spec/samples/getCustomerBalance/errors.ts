import { NotFoundError, OnePay, OnePayError } from "onepay-client";

const onepay = new OnePay();

try {
  const { balance } = await onepay.customers.getBalance("9da58912-101d-46f8-86c9-20a52119c0bf");
  console.log(`${balance} pesos`);
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("There is no such customer.");
  } else if (error instanceof OnePayError) {
    // Not known is not the same as empty: show no zero here.
    console.log("The balance is not known at the moment:", error.message);
  } else throw error;
}
