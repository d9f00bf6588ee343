import {
  idempotencyKeyFrom,
  OnePay,
  OnePayError,
} from "onepay-client";

const onepay = new OnePay();

// 1. The customer types the one-time password.
const session = await onepay.customerSessions.verify({
  phone: "+573000000101",
  otp: "000000",
});
// A secret like a password: keep it on your server.
const customerToken = session.token;

// 2. Show the payment methods; the customer picks one.
const { data: methods } =
  await onepay.customerSessions.listPaymentMethods({
    customerToken,
  });
const card = methods.cards[0];
if (!card) throw new Error("The customer has no card.");

// 3. Charge. The key belongs to the order.
try {
  const charge =
    await onepay.customerSessions.createCharge(
      {
        payment_method_id: card.id,
        amount: 5_000_000, // in cents: 50,000 pesos
        currency: "COP",
        description: "Pedido 1001",
      },
      {
        customerToken,
        idempotencyKey: idempotencyKeyFrom(
          "order",
          1001,
        ),
      },
    );
  console.log(charge.status);

  // 4. With a live key, the customer must approve by
  // WhatsApp first: read the status until it's final.
  const detail =
    await onepay.customerSessions.getCharge(
      charge.charge_id,
      { customerToken },
    );
  console.log(
    detail.status,
    detail.paid_at ?? "unpaid",
  );
} catch (error) {
  if (!(error instanceof OnePayError)) throw error;
  console.log(error.outcome, error.message);
}
