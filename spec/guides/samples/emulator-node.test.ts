import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { NotFoundError, OnePay } from "onepay-client";
import { createEmulator } from "onepay-client/emulator";

const emulator = createEmulator();
const onepay = new OnePay({
  apiKey: "sk_test_emulator",
  fetch: emulator.fetch,
});
beforeEach(() => emulator.reset());

test("deletes a company", async () => {
  const { id } = await onepay.customers.create({
    user_type: "company",
    first_name: "Panadería",
    last_name: "S.A.S.",
    email: "pagos@example.com",
    phone: "+573000000102",
    document_type: "NIT",
    document_number: "900000102",
  });
  await onepay.customers.delete(id);
  await assert.rejects(
    onepay.customers.get(id),
    NotFoundError,
  );
});
