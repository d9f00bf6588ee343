// Derived from the locked cases of the contract: nothing here names a field.
import { describe, expect, test } from "vitest";
import { responseOf } from "../../scripts/contract/case.js";
import { readLock } from "../../scripts/contract/lock.js";
import { type DriftProblem, driftCheck } from "../../src/drift/index.js";

const contracts = await readLock();
const check = driftCheck();

const examples = contracts.flatMap(({ operation, responses }) =>
  Object.entries(responses).map(([name, response]) => [`${operation} ${name}`, operation, response] as const),
);

const cases = contracts.flatMap((contract) =>
  contract.cases.flatMap((each) => {
    if (each.kind !== "response") return [];
    const response = responseOf(contract, each);
    // The client passes no body if it isn't JSON.
    if (response.raw !== undefined || each.violations.includes("media-type")) return [];
    return [[each.id, contract.operation, response, each.violations] as const];
  }),
);

/** A violation has the index or the key that is `*` in a problem. A partial list may have the union only. */
function isAbout({ pointer, keyword }: DriftProblem, violation: string): boolean {
  const [location = "", rule] = violation.split(" ");
  const keys = ["body", ...pointer.split("/").slice(1)];
  const seen = location.split(".");
  const isSamePlace =
    seen.length === keys.length && keys.every((key, index) => key === "*" || key === seen[index]);
  return isSamePlace && (rule === keyword || rule === "oneOf");
}

describe("a documented response has no problem", () => {
  test.each(examples)("%s", (_, operation, { status, body }) => {
    expect(check({ operation, status, body })).toEqual([]);
  });
});

describe("agrees with the contract about the response", () => {
  test.each(cases)("%s", (_, operation, { status, body }, violations) => {
    const problems = check({ operation, status, body });
    const expected = violations.filter((violation) => /^(body|status)/.test(violation));
    expect(problems.length > 0).toBe(expected.length > 0);
    for (const problem of problems) {
      expect(problem.expected).not.toBe("as documented");
      if (problem.keyword === "status") expect(violations).toEqual(["status"]);
      else expect(violations.some((violation) => isAbout(problem, violation))).toBe(true);
    }
  });
});
