import assert from "node:assert/strict";
import {
  OnePay,
  UnauthorizedError,
  UnprocessableEntityError,
} from "onepay-client";

const onepay = new OnePay({
  apiKey: "sk_test_xxx",
  baseUrl: "http://127.0.0.1:4010", // without /v1
});
const id = "00000000-0000-4000-8000-000000000101";
const topUp = { amount: 50_000, concept: "Bono" };

// A client that always receives this response.
const invalid = onepay.withOptions({
  headers: { Prefer: "code=422" },
});
await assert.rejects(
  invalid.customers.topUp(id, topUp),
  UnprocessableEntityError,
);

// For one call, with an example by name.
await assert.rejects(
  onepay.customers.topUp(id, topUp, {
    headers: {
      Prefer: "code=401, example=insufficient-funds",
    },
  }),
  (error) =>
    error instanceof UnauthorizedError &&
    error.codeName === "insufficient_funds",
);
console.log("passed");
