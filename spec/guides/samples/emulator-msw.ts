import assert from "node:assert/strict";
import { http } from "msw";
import { setupServer } from "msw/node";
import { OnePay } from "onepay-client";
import { createEmulator } from "onepay-client/emulator";

const emulator = createEmulator();
const server = setupServer(
  http.all(
    "https://api.onepay.la/v1/*",
    ({ request }) => emulator.handle(request),
  ),
);
server.listen({ onUnhandledRequest: "error" });

const onepay = new OnePay({
  apiKey: "sk_test_emulator",
});
const page = await onepay.customers.list();
assert.equal(page.items.length, 0);

server.close();
console.log("passed");
