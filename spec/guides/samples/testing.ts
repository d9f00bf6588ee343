import assert from "node:assert/strict";
import {
  NotFoundError,
  OnePay,
  UnauthorizedError,
} from "onepay-client";

const onepay = new OnePay({
  // The mock server accepts any secret key.
  apiKey: "sk_test_xxx",
  baseUrl: "http://127.0.0.1:4010", // without /v1
  maxRetries: 0,
});
const id = "00000000-0000-4000-8000-000000000101";

// The mock server returns the examples of the
// specification.
const customer = await onepay.customers.get(id);
assert.equal(customer.id, id);

// The header Prefer selects a response: its status,
// and its example by name.
await assert.rejects(
  onepay.customers.get(id, {
    headers: { Prefer: "code=404" },
  }),
  NotFoundError,
);
await assert.rejects(
  onepay.customers.topUp(
    id,
    { amount: 50_000, concept: "Bono de bienvenida" },
    {
      headers: {
        Prefer: "code=401, example=insufficient-funds",
      },
    },
  ),
  (error) =>
    error instanceof UnauthorizedError &&
    error.codeName === "insufficient_funds",
);

console.log("All tests passed.");
