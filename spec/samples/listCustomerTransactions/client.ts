import { OnePay } from "onepay-client";

const onepay = new OnePay();

const id = "00000000-0000-4000-8000-000000000101";
const transactions =
  onepay.customers.listTransactions(id);

for await (const transaction of transactions) {
  // Whole pesos.
  console.log(transaction.type, transaction.amount);
}
