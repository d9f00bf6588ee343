// The emulator in process: create, list, top up and charge, with faults.
import { caught } from "./caught.mjs";

const phone = "+573000000101";

export async function emulated({ OnePay, createEmulator }, _input, options) {
  const emulator = createEmulator();
  const settings = { apiKey: "sk_test_emulator", ...options, fetch: emulator.fetch };
  const onepay = new OnePay(settings);

  emulator.injectFault("createCustomer", "lose-response");
  const { data: customer, attempts } = await onepay.customers
    .create({
      user_type: "natural",
      first_name: "Ana",
      last_name: "Ejemplo",
      email: "ana@example.com",
      phone,
      document_type: "CC",
      document_number: "000000101",
    })
    .withResponse();
  const customers = emulator.customers.length;
  const { items } = await onepay.customers.list();

  emulator.injectFault("topUpCustomer", "lose-response");
  await onepay.customers.topUp(customer.id, { amount: 50_000, concept: "Bono" });
  const { balance } = await onepay.customers.getBalance(customer.id);

  const card = emulator.addCard(customer.id);
  const { token: customerToken } = await onepay.customerSessions.verify({ phone, otp: emulator.otp(phone) });
  const { charge_id } = await onepay.customerSessions.createCharge(
    { payment_method_id: card.id, amount: 5_000_000, currency: "COP", approve: true },
    { customerToken },
  );
  const { status, amount } = await onepay.customerSessions.getCharge(charge_id, { customerToken });

  emulator.injectFault("topUpCustomer", "stall-headers");
  const topUp = [customer.id, { amount: 1, concept: "Bono" }];
  const late = await caught(onepay.customers.topUp(...topUp, { timeout: 300, maxRetries: 0 }));
  emulator.injectFault("topUpCustomer", "truncate-body");
  const truncated = await caught(onepay.customers.topUp(...topUp, { maxRetries: 0 }));
  const live = await caught(new OnePay({ ...settings, apiKey: "sk_live_example" }).customers.list());

  return {
    created: { attempts, customers },
    listed: items.length,
    balance,
    charge: { status, amount },
    late: summary(late),
    truncated: summary(truncated),
    live: summary(live),
  };
}

const summary = ({ name, outcome }) => ({ name, outcome });
