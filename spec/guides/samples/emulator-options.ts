import assert from "node:assert/strict";
import { OnePay } from "onepay-client";
import { createEmulator } from "onepay-client/emulator";

const emulator = createEmulator({
  // The same ids and times in every run.
  seed: 42,
  now: () => new Date("2026-02-03T14:06:00Z"),
  // Whole pesos, which top-ups draw from.
  companyBalance: 100_000,
  // The server returns other people, too.
  ignoreFilters: true,
  envelope: "array",
});
const onepay = new OnePay({
  apiKey: "sk_test_emulator",
  fetch: emulator.fetch,
});

const { id, created_at } =
  await onepay.customers.create({
    user_type: "natural",
    first_name: "Ana",
    last_name: "Ejemplo",
    email: "ana@example.com",
    phone: "+573000000101",
    document_type: "CC",
    document_number: "000000101",
  });
assert.match(created_at, /^2026-02-03T14:06:00/);

const page = await onepay.customers.list({
  filter: { document_number: "999" },
});
assert.equal(page.items[0]?.id, id);

await assert.rejects(
  onepay.customers.topUp(id, {
    amount: 100_001,
    concept: "Bono",
  }),
  { codeName: "insufficient_funds" },
);
console.log("passed");
