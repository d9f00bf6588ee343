import { expect, test } from "vitest";
import { operations } from "../../generated/operations.js";
import { readLock } from "../../scripts/contract/lock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { createFetchClient, isOnePayError, OnePay } from "../../src/index.js";
import { startServer } from "./server.js";
import { type CreateClient, testClientRequests, testClientResponses } from "./suites.js";

const createClient: CreateClient = (options) => new OnePay(options);

testClientResponses(await readLock(), operations, createClient);
await testClientRequests(await readDocument(), operations, { createClient, createFetchClient });

test("isOnePayError recognizes the error for an HTML page instead of JSON", async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<p>Maintenance</p>");
  });
  const onepay = new OnePay({ apiKey: "sk_test_contract", baseUrl: server.url, maxRetries: 0 });
  const error = await onepay.customers.get("9da58912-101d-46f8-86c9-20a52119c0bf").catch((thrown) => thrown);
  await server.close();
  expect([isOnePayError(error), error.name]).toEqual([true, "InvalidResponseError"]);
});
