import { OnePay } from "onepay-client";

const onepay = new OnePay();

const id = "00000000-0000-4000-8000-000000000101";
const customer = await onepay.customers.get(id);

console.log(customer.first_name, customer.email);
