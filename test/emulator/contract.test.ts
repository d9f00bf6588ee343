// The locked cases of the contract tests, with the emulator as the target.
import { describe, expect, test } from "vitest";
import { requestOf } from "../../scripts/contract/case.js";
import { contracts, expectValidResponse, respond } from "./contract-target.js";
import { differenceAbout, differences } from "./differences.js";

const cases = contracts.flatMap((contract) =>
  contract.cases.flatMap((each) => (each.kind === "request" ? [{ contract, each }] : [])),
);

describe("a request to the emulator", () => {
  test.each(cases.map(({ contract, each }) => [each.id, contract, each] as const))(
    "gets the mock server's status and a valid response: %s",
    async (id, contract, each) => {
      const response = await respond(requestOf(contract, each));
      if (differenceAbout(id)?.isAccepted) expect(response.ok).toBe(true);
      else expect(response.status, await response.clone().text()).toBe(each.status);
      await expectValidResponse(contract.operation, response);
    },
  );
});

test.each(differences.map((difference) => [difference.reason, difference] as const))(
  "a listed difference to the mock server still exists: %s",
  async (_reason, difference) => {
    const about = cases.filter(({ each }) => differenceAbout(each.id) === difference);
    expect(about).not.toEqual([]);
    for (const { contract, each } of about) {
      const { status } = await respond(requestOf(contract, each));
      expect([each.id, status]).not.toEqual([each.id, each.status]);
    }
  },
);
