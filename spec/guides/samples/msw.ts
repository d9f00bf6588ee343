import assert from "node:assert/strict";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { NotFoundError, OnePay } from "onepay-client";

const customers = "https://api.onepay.la/v1/customers";
const server = setupServer(
  http.get(`${customers}/:id`, ({ params }) =>
    params.id === "abc"
      ? HttpResponse.json({ id: "abc" })
      : HttpResponse.json(null, { status: 404 }),
  ),
);
server.listen({ onUnhandledRequest: "error" });

const onepay = new OnePay({ apiKey: "sk_test_xxx" });
const customer = await onepay.customers.get("abc");
assert.equal(customer.id, "abc");
await assert.rejects(
  onepay.customers.get("xyz"),
  NotFoundError,
);

server.close();
console.log("passed");
