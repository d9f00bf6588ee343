import { expect, test } from "vitest";
import { operations } from "../../generated/operations.js";
import { readLock } from "../../scripts/contract/lock.js";
import { isOnePayError, OnePay } from "../../src/index.js";
import { startServer } from "./server.js";
import { type Operations, testClientResponses } from "./suites.js";

testClientResponses(await readLock(), operations as Operations, (options) => new OnePay(options));

test("isOnePayError recognizes the error for an HTML page instead of JSON", async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<p>Maintenance</p>");
  });
  const onepay = new OnePay({ apiKey: "sk_test_contract", baseUrl: server.url, maxRetries: 0 });
  const error = await onepay.customers.get("9da58912-101d-46f8-86c9-20a52119c0bf").catch((thrown) => thrown);
  await server.close();
  expect([isOnePayError(error), error.name]).toEqual([true, "InvalidResponseError"]);
});
