import assert from "node:assert/strict";
import { OnePay } from "onepay-client";
import { createEmulator } from "onepay-client/emulator";

const emulator = createEmulator();
const onepay = new OnePay({
  apiKey: "sk_test_emulator",
  fetch: emulator.fetch,
});

// The customer is created, but the response is lost.
emulator.injectFault("createCustomer", "lose-response");
const { data, attempts } = await onepay.customers
  .create({
    user_type: "natural",
    first_name: "Juan",
    last_name: "Pérez",
    email: "juan@example.com",
    phone: "+573001234567",
    document_type: "CC",
    document_number: "1234567890",
  })
  .withResponse();

// The client retried with the same idempotency key.
assert.equal(attempts, 2);
assert.equal(emulator.customers.length, 1);

// It's the same customer.
const read = await onepay.customers.get(data.id);
assert.equal(read.email, "juan@example.com");

// Every request, for assertions.
assert.deepEqual(
  emulator.requests.map(({ method }) => method),
  ["POST", "POST", "GET"],
);

emulator.reset(); // Now it's empty again.
assert.equal(emulator.customers.length, 0);
console.log("passed");
