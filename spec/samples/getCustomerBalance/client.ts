import { OnePay } from "onepay-client";

const onepay = new OnePay();

const { balance, label } =
  await onepay.customers.getBalance(
    "9da58912-101d-46f8-86c9-20a52119c0bf",
  );

console.log(`${balance} pesos`, label); // whole pesos
