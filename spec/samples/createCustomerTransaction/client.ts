import { idempotencyKeyFrom, OnePay } from "onepay-client";

const onepay = new OnePay();

const movement = await onepay.customers.createTransaction(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
  { amount: 50_000, concept: "Bono de bienvenida" }, // whole pesos: fifty thousand
  { idempotencyKey: idempotencyKeyFrom("welcome-bonus", "user-42") },
);

console.log(movement.id, movement.amount);
