// Every response of the emulator is one that the document allows, for Ajv and for Prism.
import { expect, test } from "vitest";
import { ana, start } from "./client.js";
import { expectValidResponse } from "./contract-target.js";

/** An emulator with a client that validates each response. */
function validated(envelope: "A" | "B" | "C" | "array") {
  const responses: Promise<string>[] = [];
  const { emulator, onepay } = start({ envelope, companyBalance: 2_000 });
  const validate = async (response: Response) => {
    const { operation = "" } = emulator.requests.at(-1) ?? {};
    await expectValidResponse(operation, response);
    return `${operation} ${response.status}`;
  };
  const client = onepay.withOptions({
    fetch: async (url, init) => {
      const response = await emulator.fetch(url, init);
      responses.push(validate(response.clone()));
      return response;
    },
  });
  return { emulator, onepay: client, responses };
}

test.each(["A", "B", "C", "array"] as const)(
  "every operation returns valid successes and errors, with lists in envelope %s",
  async (envelope) => {
    const { emulator, onepay, responses } = validated(envelope);
    const customer = await onepay.customers.create(ana);
    const { id } = customer;
    const concept = "Bono";
    const ignore = () => {};
    await onepay.customers.listTransactions(id).toArray({ limit: 5 });
    await onepay.customers.topUp(id, { amount: 1_000, concept });
    await onepay.customers.topUp(id, { amount: 0, concept }).catch(ignore);
    await onepay.customers.topUp(id, { amount: 5_000, concept }).catch(ignore);
    await onepay.customers.topUp(id, { amount: 1_000, concept });
    await onepay.customers.topUp(id, { amount: 5_000, concept }).catch(ignore);
    const [card] = [emulator.addCard(id), emulator.addAccount(id)];
    await onepay.customers.list().toArray({ limit: 5 });
    await onepay.customers.get(id);
    await onepay.customers.getBalance(id);
    await onepay.customers.listTransactions(id).toArray({ limit: 5 });
    await onepay.customers.listAccounts(id).toArray({ limit: 5 });
    await onepay.customers.listCards(id).toArray({ limit: 5 });
    const otp = emulator.otp(ana.phone);
    const { token: customerToken } = await onepay.customerSessions.verify({ phone: ana.phone, otp });
    await onepay.customerSessions.verify({ phone: ana.phone, otp }).catch(ignore);
    await onepay.customerSessions.listPaymentMethods({ customerToken });
    for (const change of [{ approve: true }, { approve: false }, {}, { payment_method_id: id }]) {
      const body = { payment_method_id: card.id, amount: 100, currency: "COP", ...change } as const;
      const charge = await onepay.customerSessions.createCharge(body, { customerToken });
      await onepay.customerSessions.getCharge(charge.charge_id, { customerToken });
    }
    await onepay.customerSessions.getCharge(id, { customerToken }).catch(ignore);
    await onepay.customers.delete(id);
    await onepay.customers.get(id).catch(ignore);
    await onepay.customerSessions.listPaymentMethods({ customerToken }).catch(ignore);
    for (const kind of ["429", "500", "503"] as const) {
      emulator.injectFault("*", kind);
      await onepay.customers.get(id, { maxRetries: 0 }).catch(ignore);
    }
    const seen = new Set(await Promise.all(responses));
    expect([...seen].filter((each) => / 20\d$/.test(each))).toHaveLength(13);
    expect([...seen].filter((each) => !/ 20\d$/.test(each)).sort()).toEqual([
      "getCustomer 404",
      "getCustomer 429",
      "getCustomer 500",
      "getCustomer 503",
      "getCustomerSessionCharge 404",
      "listCustomerSessionPaymentMethods 401",
      "topUpCustomer 401",
      "topUpCustomer 422",
      "verifyCustomerSession 422",
    ]);
  },
);
