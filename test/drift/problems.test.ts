// Violations that no response of this document can have: the check works for any document.
import { describe, expect, test } from "vitest";
import type { Violation } from "../../src/contract.js";
import { driftCheck } from "../../src/drift/index.js";
import { problemsOf } from "../../src/drift/problems.js";

const violation = (keyword: string, params: Violation["params"], instancePath = "/data"): Violation => ({
  instancePath,
  keyword,
  params,
  schemaPath: `#/${keyword}`,
});

/** What is expected for violations of one value. */
const expectedOf = (...violations: Violation[]): string[] =>
  problemsOf(violations, { data: "secret" }, { fields: { data: 0 } }).map(({ expected }) => expected);

describe("what a problem expects", () => {
  test.each<[string, Violation["params"], string]>([
    ["type", { type: ["string", "null"] }, "string or null"],
    ["enum", { allowedValues: ["COP", 1, null] }, '"COP" or 1 or null'],
    ["enum", {}, "as documented"],
    ["const", { allowedValue: "natural" }, '"natural"'],
    ["const", { allowedValue: undefined }, ""],
    ["format", { format: "date" }, "date"],
    ["pattern", { pattern: "^[A-Z]+$" }, "^[A-Z]+$"],
    ["multipleOf", { multipleOf: 5 }, "5"],
    ["minLength", { limit: 3 }, "3"],
    ["minimum", { comparison: ">=", limit: 100 }, ">= 100"],
    ["not", {}, "as documented"],
    ["uniqueItems", { i: 1, j: 0 }, "as documented"],
  ])("for %s with %j is %s", (keyword, params, expected) => {
    expect(expectedOf(violation(keyword, params))).toEqual([expected]);
  });

  test("lists what each form of a union expects", () => {
    const forms = [violation("type", { type: "string" }), violation("type", { type: "integer" })];
    expect(expectedOf(...forms, violation("oneOf", {}))).toEqual(["string or integer"]);
  });

  test("is one of the documented forms if no form explains more", () => {
    expect(expectedOf(violation("oneOf", {}), violation("const", { allowedValue: "a" }))).toEqual([
      "one of the documented forms",
    ]);
  });

  test("is that of the form that fits best, at the place inside of it", () => {
    const problems = problemsOf(
      [
        violation("anyOf", {}),
        violation("type", { type: "string" }, "/data/id"),
        violation("required", { missingProperty: "a/b" }, "/data/0"),
      ],
      { data: ["secret"] },
      { fields: { data: 0 } },
    );
    expect(problems).toEqual([
      { pointer: "/data/*", keyword: "type", expected: "string" },
      { pointer: "/data/*/a~1b", keyword: "required", expected: "a value" },
    ]);
  });
});

test("an operation without a description has no problem", () => {
  for (const operation of ["request", "constructor", "__proto__"])
    expect(driftCheck()({ operation, status: 200, body: {} })).toEqual([]);
});
