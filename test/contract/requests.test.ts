import { afterAll, describe, expect, test } from "vitest";
import { requestOf } from "../../scripts/contract/case.js";
import { disagreementAbout, disagreements } from "../../scripts/contract/disagreements.js";
import { readLock } from "../../scripts/contract/lock.js";
import { sendToMock } from "../../scripts/contract/prism.js";
import { startMock } from "../../scripts/mock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { testRequests } from "./suites.js";

const document = await readDocument();
const contracts = await readLock();

testRequests(document, contracts);

describe("a listed disagreement of Prism", async () => {
  const mock = await startMock({ document });
  afterAll(() => mock.close());
  const all = contracts.flatMap((contract) =>
    contract.cases.flatMap((each) => (each.kind === "request" ? [{ contract, each }] : [])),
  );

  test.each(disagreements.map((entry) => [entry.reason, entry] as const))(
    "still exists: %s",
    async (_reason, entry) => {
      const about = all.filter(({ each }) => disagreementAbout(each.id) === entry);
      expect(about.map(({ each }) => each.id)).not.toEqual([]);
      for (const { contract, each } of about) {
        const { requestViolations } = await sendToMock(mock.url, requestOf(contract, each));
        expect([each.id, requestViolations]).not.toEqual([each.id, each.violations]);
      }
    },
  );
});
