import { describe, expect, test } from "vitest";
import { requestOf } from "../../scripts/contract/case.js";
import { disagreementAbout, disagreements } from "../../scripts/contract/disagreements.js";
import { readLock } from "../../scripts/contract/lock.js";
import { directPrism } from "../../scripts/contract/prism.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { testCases } from "./suites.js";

const document = await readDocument();
const contracts = await readLock();

testCases(document, contracts, ["request", "example"]);

describe("a listed disagreement of Prism", async () => {
  const prism = await directPrism(document);

  test.each(disagreements)("still exists: $reason", async (entry) => {
    let count = 0;
    for (const contract of contracts) {
      for (const each of contract.cases) {
        if (each.kind !== "request" || disagreementAbout(each.id) !== entry) continue;
        const { requestViolations } = await prism.mock(requestOf(contract, each));
        expect([each.id, requestViolations]).not.toEqual([each.id, each.violations]);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(0);
  });
});
