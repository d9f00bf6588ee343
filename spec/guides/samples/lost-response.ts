import assert from "node:assert/strict";
import {
  ConnectionError,
  idempotencyKeyFrom,
  OnePay,
} from "onepay-client";
import { createEmulator } from "onepay-client/emulator";

const emulator = createEmulator();
const onepay = new OnePay({
  apiKey: "sk_test_emulator",
  fetch: emulator.fetch,
});
const signUp = () =>
  onepay.customers.create(
    {
      user_type: "natural",
      first_name: "Ana",
      last_name: "Ejemplo",
      email: "ana@example.com",
      phone: "+573000000101",
      document_type: "CC",
      document_number: "000000101",
    },
    {
      idempotencyKey: idempotencyKeyFrom(
        "signup",
        "user-42",
      ),
    },
  );

// All three responses are lost, so the call fails. But
// the customer exists.
emulator.injectFault(
  "createCustomer",
  "lose-response",
  { times: 3 },
);
await assert.rejects(
  signUp(),
  (error) =>
    error instanceof ConnectionError &&
    error.outcome === "unknown",
);
assert.equal(emulator.customers.length, 1);

// The next run has the same key: still one customer.
const { id } = await signUp();
assert.equal(emulator.customers.length, 1);
assert.equal(emulator.customers[0]?.id, id);
console.log("passed");
