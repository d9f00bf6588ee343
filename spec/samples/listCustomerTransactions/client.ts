import { OnePay } from "onepay-client";

const onepay = new OnePay();

const transactions = onepay.customers.listTransactions(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
);
for await (const transaction of transactions) {
  console.log(
    transaction.created_at,
    transaction.type,
    transaction.amount,
    transaction.concept,
  );
}
