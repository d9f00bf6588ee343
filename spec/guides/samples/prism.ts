import assert from "node:assert/strict";
import { OnePay } from "onepay-client";

const onepay = new OnePay({
  // The mock server accepts any secret key.
  apiKey: "sk_test_xxx",
  baseUrl: "http://127.0.0.1:4010", // without /v1
});

// The mock server checks the request and returns the
// examples of the specification.
const customer = await onepay.customers.get(
  "00000000-0000-4000-8000-000000000101",
);
assert.ok(customer.email);
console.log("passed");
