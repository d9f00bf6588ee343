import { OnePay } from "onepay-client";

const onepay = new OnePay();

const id = "00000000-0000-4000-8000-000000000101";
const balance = await onepay.customers.getBalance(id);

// Whole pesos.
console.log(balance.balance, balance.label);
