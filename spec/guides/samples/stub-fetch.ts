import assert from "node:assert/strict";
import { OnePay } from "onepay-client";

const requests: { url: string; body?: string }[] = [];
const onepay = new OnePay({
  apiKey: "sk_test_xxx",
  async fetch(url, { body }) {
    requests.push({ url, ...(body && { body }) });
    return Response.json({
      id: "abc",
      balance: 50_000,
    });
  },
});

const { balance } =
  await onepay.customers.getBalance("abc");

assert.equal(balance, 50_000);
assert.equal(
  requests[0]?.url,
  "https://api.onepay.la/v1/customers/abc/balance",
);
console.log("passed");
