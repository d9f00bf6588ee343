import { OnePay } from "onepay-client";
import { createEmulator } from "onepay-client/emulator";
import { beforeEach, expect, test } from "vitest";

const emulator = createEmulator();
const onepay = new OnePay({
  apiKey: "sk_test_emulator",
  fetch: emulator.fetch,
});
beforeEach(() => emulator.reset());

const phone = "+573000000101";
const createAna = () =>
  onepay.customers.create({
    user_type: "natural",
    first_name: "Ana",
    last_name: "Ejemplo",
    email: "ana@example.com",
    phone,
    document_type: "CC",
    document_number: "000000101",
  });

test("creates a customer", async () => {
  const { id } = await createAna();
  const read = await onepay.customers.get(id);
  expect(read.first_name).toBe("Ana");
  const { items } = await onepay.customers.list();
  expect(items).toEqual([read]);
});

test("tops up a wallet once", async () => {
  const { id } = await createAna();
  // The money moves, but the response is lost.
  emulator.injectFault(
    "topUpCustomer",
    "lose-response",
  );
  await onepay.customers.topUp(id, {
    amount: 50_000,
    concept: "Bono",
  });
  const { balance } =
    await onepay.customers.getBalance(id);
  expect(balance).toBe(50_000);
});

test("charges a card", async () => {
  const { id } = await createAna();
  const card = emulator.addCard(id);
  const { token: customerToken } =
    await onepay.customerSessions.verify({
      phone,
      otp: emulator.otp(phone),
    });
  const charge =
    await onepay.customerSessions.createCharge(
      {
        payment_method_id: card.id,
        amount: 5_000_000, // in cents: 50,000 pesos
        currency: "COP",
        approve: true,
      },
      { customerToken },
    );
  const detail =
    await onepay.customerSessions.getCharge(
      charge.charge_id,
      { customerToken },
    );
  expect(detail.status).toBe("paid");
});
