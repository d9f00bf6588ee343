import { operations } from "../../generated/operations.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { createFetchClient, OnePay } from "../../src/index.js";
import { type Operations, testClientRequests } from "./suites.js";

await testClientRequests(await readDocument(), operations as Operations, {
  createClient: (options) => new OnePay(options),
  createFetchClient: (options) => createFetchClient(options),
});
