import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultKinds } from "../../src/emulator/index.js";
import { ana, send, start } from "./client.js";

const company = 100_000;

describe("the wallet of the emulator", () => {
  test("neither creates nor loses money in any sequence of top-ups, repeated keys and faults", async () => {
    const topUp = fc.record({
      customer: fc.nat(1),
      amount: fc.integer({ min: -10, max: 60_000 }),
      key: fc.nat(5),
      fault: fc.option(fc.constantFrom(...faultKinds.filter((kind) => !/stall|latency/.test(kind)))),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(topUp, { maxLength: 12 }), async (topUps) => {
        const { emulator, onepay } = start({ companyBalance: company });
        const ids = [(await onepay.customers.create(ana)).id, (await onepay.customers.create(ana)).id];
        for (const { customer, amount, key, fault } of topUps) {
          if (fault) emulator.injectFault("topUpCustomer", fault);
          const path = `/customers/${ids[customer]}/transactions`;
          const options = { body: { amount, concept: "Bono" }, "x-idempotency": `key-${key}` };
          const response = await send(emulator, "POST", path, options);
          await response.text().catch(() => {});
        }
        const balances = ids.map((id) => emulator.balance(id));
        expect(balances.reduce((sum, each) => sum + each, emulator.companyBalance)).toBe(company);
        expect(Math.min(...balances, emulator.companyBalance)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 30 },
    );
  });

  test("returns insufficient_funds, then balance_is_empty, with 401", async () => {
    const { onepay } = start({ companyBalance: 1_000 });
    const { id } = await onepay.customers.create(ana);
    const topUp = (amount: number) => onepay.customers.topUp(id, { amount, concept: "Bono" });
    await expect(topUp(2_000)).rejects.toMatchObject({ status: 401, codeName: "insufficient_funds" });
    await topUp(1_000);
    await expect(topUp(1)).rejects.toMatchObject({ status: 401, codeName: "balance_is_empty" });
    expect(await onepay.customers.getBalance(id)).toMatchObject({ balance: 1_000, label: "$1.000" });
  });
});
