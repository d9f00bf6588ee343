import { OnePay } from "onepay-client";

const onepay = new OnePay();

const movements = onepay.customers.listTransactions("9da58912-101d-46f8-86c9-20a52119c0bf");
for await (const movement of movements) {
  console.log(movement.created_at, movement.type, movement.amount, movement.concept);
}
