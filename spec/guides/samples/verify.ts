import { OnePay } from "onepay-client";

const onepay = new OnePay();
const person = {
  user_type: "natural",
  first_name: "Ana",
  last_name: "Ejemplo",
  email: "ana.ejemplo@example.com",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000000101",
} as const;

// The same idempotency key twice. Is it one customer?
const options = {
  idempotencyKey: `verify-${Date.now()}`,
};
const a = await onepay.customers.create(
  person,
  options,
);
const b = await onepay.customers.create(
  person,
  options,
);
console.log(a.id === b.id ? "one" : "two");
