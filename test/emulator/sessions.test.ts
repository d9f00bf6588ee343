import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/index.js";
import { ana, start } from "./client.js";

/** A customer with a card, an account, and a session. */
async function login(options: EmulatorOptions = {}) {
  const { emulator, onepay } = start(options);
  const customer = await onepay.customers.create(ana);
  const card = emulator.addCard(customer.id);
  const account = emulator.addAccount(customer.id);
  const session = await onepay.customerSessions.verify({
    phone: ana.phone,
    otp: emulator.otp(ana.phone),
  });
  return { emulator, onepay, customer, card, account, session, customerToken: session.token };
}

const order = { amount: 5_000_000, currency: "COP", description: "Pedido 1" } as const;

describe("a one-time password of the emulator", () => {
  test("stays the same until it's used, and works once", async () => {
    const { emulator, onepay } = start();
    const { id } = await onepay.customers.create(ana);
    const otp = emulator.otp(ana.phone);
    expect(emulator.otp(ana.phone)).toBe(otp);
    expect(otp).toMatch(/^\d{6}$/);
    const { customer } = await onepay.customerSessions.verify({ phone: ana.phone, otp });
    expect(customer).toMatchObject({ id, phone: ana.phone });
    const again = onepay.customerSessions.verify({ phone: ana.phone, otp });
    await expect(again).rejects.toMatchObject({ status: 422, fields: { otp: expect.any(Array) } });
    expect(emulator.otp(ana.phone)).not.toBe(otp);
  });

  test("is spent even if the response is lost", async () => {
    const { emulator, onepay } = start();
    await onepay.customers.create(ana);
    const body = { phone: ana.phone, otp: emulator.otp(ana.phone) };
    emulator.injectFault("verifyCustomerSession", "lose-response");
    await expect(onepay.customerSessions.verify(body)).rejects.toMatchObject({ outcome: "unknown" });
    await expect(onepay.customerSessions.verify(body)).rejects.toMatchObject({ status: 422 });
  });

  test("isn't spent by a wrong one, and doesn't work for a phone without a customer", async () => {
    const { emulator, onepay } = start();
    await onepay.customers.create(ana);
    const otp = emulator.otp(ana.phone);
    const wrong = otp === "000000" ? "000001" : "000000";
    const invalid = { status: 422 };
    await expect(onepay.customerSessions.verify({ phone: ana.phone, otp: wrong })).rejects.toMatchObject(
      invalid,
    );
    const phone = "+573000000999";
    await expect(onepay.customerSessions.verify({ phone, otp: emulator.otp(phone) })).rejects.toMatchObject(
      invalid,
    );
    await onepay.customerSessions.verify({ phone: ana.phone, otp });
  });

  test.each(["3000000101", "__proto__", 573000000101])("throws a TypeError for the phone %j", (phone) => {
    expect(() => start().emulator.otp(phone as string)).toThrow("country prefix");
  });
});

describe("a session of the emulator", () => {
  test("ends after 60 minutes", async () => {
    let time = Date.UTC(2026, 2, 1);
    const { onepay, customerToken, session } = await login({ now: () => new Date(time) });
    expect(session.expires_at).toBe("2026-03-01T01:00:00+00:00");
    time += 60 * 60_000 - 1;
    await onepay.customerSessions.listPaymentMethods({ customerToken });
    time += 1;
    await expect(onepay.customerSessions.listPaymentMethods({ customerToken })).rejects.toMatchObject({
      status: 401,
    });
  });

  test("ends when its customer is deleted, and an unknown token has none", async () => {
    const { onepay, customer, customerToken } = await login();
    const unauthorized = { status: 401 };
    await expect(
      onepay.customerSessions.listPaymentMethods({ customerToken: "9|unknown" }),
    ).rejects.toMatchObject(unauthorized);
    await onepay.customers.delete(customer.id);
    await expect(onepay.customerSessions.listPaymentMethods({ customerToken })).rejects.toMatchObject(
      unauthorized,
    );
  });

  test("lists the customer's cards, wallet and accounts as payment methods", async () => {
    const { onepay, customer, card, account, customerToken } = await login();
    await onepay.customers.topUp(customer.id, { amount: 12_000, concept: "Bono" });
    const { data } = await onepay.customerSessions.listPaymentMethods({ customerToken });
    expect(data).toEqual({
      cards: [expect.objectContaining({ id: card.id, expiration_date: "2099-12-31" })],
      wallets: [{ id: customer.id, subtype: "WALLET", phone: "3000000101", label: "$12.000" }],
      pse: [{ id: account.id, bank_name: "Banco de prueba", label: "Banco de prueba" }],
    });
  });

  test("shows another form of a card's expiration date as it is", async () => {
    const { emulator, onepay, customer, customerToken } = await login();
    emulator.addCard(customer.id, { expiration_date: "2028-09-30" });
    const { data } = await onepay.customerSessions.listPaymentMethods({ customerToken });
    expect(data.cards?.map(({ expiration_date }) => expiration_date)).toEqual(["2099-12-31", "2028-09-30"]);
  });
});

describe("a charge of the emulator", () => {
  test.each([
    [true, "in_progress", { status: "paid", paid_at: expect.any(String), remarks: null }],
    [false, "failed", { status: "failed", paid_at: null, remarks: expect.any(String) }],
    [undefined, "created", { status: "created", paid_at: null, remarks: null }],
  ])("with approve %s has the status %s, and can be read", async (approve, status, detail) => {
    const { onepay, card, customerToken } = await login();
    const body = { ...order, payment_method_id: card.id, ...(approve !== undefined && { approve }) };
    const created = await onepay.customerSessions.createCharge(body, { customerToken });
    expect(created.status).toBe(status);
    expect("expires_at" in created).toBe(approve === undefined);
    expect(await onepay.customerSessions.getCharge(created.charge_id, { customerToken })).toMatchObject({
      charge_id: created.charge_id,
      ...order,
      ...detail,
    });
  });

  test("is made once if its response is lost", async () => {
    const { emulator, onepay, account, customerToken } = await login();
    emulator.injectFault("createCustomerSessionCharge", "lose-response");
    const body = { ...order, payment_method_id: account.id };
    const { attempts } = await onepay.customerSessions.createCharge(body, { customerToken }).withResponse();
    expect(attempts).toBe(2);
    expect(emulator.state().charges).toHaveLength(1);
  });

  test("is made once if the retry comes from a new session, and once per customer with the same key", async () => {
    const { emulator, onepay, card, customerToken } = await login();
    const eva = { ...ana, first_name: "Eva", phone: "+573000000102" };
    const other = await onepay.customers.create(eva);
    const verify = async (phone: string) =>
      (await onepay.customerSessions.verify({ phone, otp: emulator.otp(phone) })).token;
    const body = { ...order, payment_method_id: card.id };
    const idempotencyKey = "order-1";
    const first = await onepay.customerSessions.createCharge(body, { customerToken, idempotencyKey });
    const again = await onepay.customerSessions.createCharge(body, {
      customerToken: await verify(ana.phone),
      idempotencyKey,
    });
    expect(again).toEqual(first);
    await onepay.customerSessions.createCharge(
      { ...order, payment_method_id: other.id },
      { customerToken: await verify(eva.phone), idempotencyKey },
    );
    expect(emulator.state().charges).toHaveLength(2);
  });

  test.each([
    ["an amount under the minimum", { amount: 99 }, "amount"],
    ["an unknown currency", { currency: "EUR" }, "currency"],
    [
      "somebody else's payment method",
      { payment_method_id: "00000000-0000-4000-8000-000000000009" },
      "payment_method_id",
    ],
  ])("gets 422 for %s", async (_name, change, field) => {
    const { onepay, card, customerToken } = await login();
    const body = { ...order, payment_method_id: card.id, ...change } as typeof order & {
      payment_method_id: string;
    };
    await expect(onepay.customerSessions.createCharge(body, { customerToken })).rejects.toMatchObject({
      status: 422,
      fields: { [field]: expect.any(Array) },
    });
  });

  test("with the smallest amount and in dollars is made", async () => {
    const { onepay, card, customerToken } = await login();
    const body = { amount: 100, currency: "USD", payment_method_id: card.id } as const;
    const { charge_id } = await onepay.customerSessions.createCharge(body, { customerToken });
    expect(await onepay.customerSessions.getCharge(charge_id, { customerToken })).toMatchObject({
      amount: 100,
      currency: "USD",
      description: null,
    });
  });

  test("of another customer isn't found", async () => {
    const { emulator, onepay, card, customerToken } = await login();
    const body = { ...order, payment_method_id: card.id };
    const { charge_id } = await onepay.customerSessions.createCharge(body, { customerToken });
    const eva = { ...ana, phone: "+573000000102" };
    await onepay.customers.create(eva);
    const { token } = await onepay.customerSessions.verify({
      phone: eva.phone,
      otp: emulator.otp(eva.phone),
    });
    await expect(
      onepay.customerSessions.getCharge(charge_id, { customerToken: token }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
