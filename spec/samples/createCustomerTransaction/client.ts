import {
  idempotencyKeyFrom,
  OnePay,
} from "onepay-client";

const onepay = new OnePay();

const transaction =
  await onepay.customers.createTransaction(
    "9da58912-101d-46f8-86c9-20a52119c0bf",
    {
      amount: 50_000, // whole pesos: fifty thousand
      concept: "Bono de bienvenida",
    },
    {
      idempotencyKey: idempotencyKeyFrom(
        "welcome-bonus",
        "user-42",
      ),
    },
  );

console.log(transaction.id, transaction.amount);
