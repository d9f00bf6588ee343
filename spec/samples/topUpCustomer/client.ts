import {
  idempotencyKeyFrom,
  OnePay,
} from "onepay-client";

const onepay = new OnePay();

const id = "00000000-0000-4000-8000-000000000101";
const transaction = await onepay.customers.topUp(
  id,
  {
    amount: 50_000, // whole pesos: fifty thousand
    concept: "Bono de bienvenida",
  },
  {
    // The same bonus and user: the same key.
    idempotencyKey: idempotencyKeyFrom(
      "welcome-bonus",
      "user-42",
    ),
  },
);

console.log(transaction.id, transaction.amount);
