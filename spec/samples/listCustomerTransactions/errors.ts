import {
  NotFoundError,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

let seen = 0;
try {
  const transactions =
    onepay.customers.listTransactions(
      "9da58912-101d-46f8-86c9-20a52119c0bf",
    );
  for await (const transaction of transactions) {
    seen += 1;
    console.log(transaction.id);
  }
} catch (error) {
  if (error instanceof NotFoundError) {
    console.log("No such customer in your company.");
  } else if (error instanceof OnePayError) {
    // Each page is a separate call, so a later page
    // can fail after you have received some items.
    console.log(
      `Failed after ${seen} transactions:`,
      error.message,
    );
  } else throw error;
}
