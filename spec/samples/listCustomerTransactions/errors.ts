import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

const id = "00000000-0000-4000-8000-000000000101";
let count = 0;
try {
  const transactions =
    onepay.customers.listTransactions(id);
  for await (const transaction of transactions) {
    count += 1;
    console.log(transaction.id);
  }
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("This customer doesn't exist.");
  } else if (error instanceof OnePayError) {
    // Each page is its own call: a later one may fail.
    console.log(
      `The list ended after ${count} transactions:`,
      error.message,
    );
  } else {
    throw error;
  }
}
