import {
  idempotencyKeyFrom,
  OnePay,
} from "onepay-client";

const onepay = new OnePay();

// customerSessions.verify returned this token.
const customerToken = "12|example-customer-token";
const charge =
  await onepay.customerSessions.createCharge(
    {
      payment_method_id:
        "00000000-0000-4000-8000-000000006001",
      amount: 5_000_000, // cents: fifty thousand pesos
      currency: "COP",
      description: "Pedido 1001",
    },
    {
      customerToken,
      idempotencyKey: idempotencyKeyFrom("order", 1001),
    },
  );

console.log(charge.charge_id, charge.status);
