import { OnePay } from "onepay-client";

const onepay = new OnePay();

const customer = await onepay.customers.get(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
);

console.log(customer.first_name, customer.email);
