import { NotFoundError, OnePay, OnePayError } from "onepay-client";

const onepay = new OnePay();

let seen = 0;
try {
  const movements = onepay.customers.listTransactions("9da58912-101d-46f8-86c9-20a52119c0bf");
  for await (const movement of movements) {
    seen += 1;
    console.log(movement.id);
  }
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("There is no such customer.");
  } else if (error instanceof OnePayError) {
    // Each page is a call of its own, so a later one can fail when items have come already.
    console.log(`The list broke off after ${seen} movements:`, error.message);
  } else throw error;
}
