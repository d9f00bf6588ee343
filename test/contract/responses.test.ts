import { expect, test } from "vitest";
import { type Contract, type HttpResponse, validRequest } from "../../scripts/contract/case.js";
import { readLock } from "../../scripts/contract/lock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { startPrism } from "./server.js";
import { testCases } from "./suites.js";

const document = await readDocument();
const contracts = await readLock();

testCases(document, contracts, ["response"]);

// There are no cases for these two. If Prism validates them one day, this test fails: derive cases then.
test.each([
  ["an empty body", ""],
  ["a body that isn't JSON", "<p>Maintenance</p>"],
])("Prism's proxy returns 500 without violations for %s under a JSON type", async (_what, raw) => {
  const contract = contracts.find(({ operation }) => operation === "getCustomer") as Contract;
  const { status, headers } = Object.values(contract.responses)[0] as HttpResponse;
  const prism = await startPrism(document);
  const result = await prism.proxy(validRequest(contract), { status, headers, raw });
  await prism.close();
  expect([result.response.status, result.responseViolations]).toEqual([500, []]);
});
