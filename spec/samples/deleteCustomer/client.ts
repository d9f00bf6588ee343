import { OnePay } from "onepay-client";

const onepay = new OnePay();

await onepay.customers.delete(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
);

console.log("deleted");
