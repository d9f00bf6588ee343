import { describe, expect, test } from "vitest";
import type { RequestCase } from "../../scripts/contract/case.js";
import { uncovered } from "../../scripts/contract/coverage.js";
import { derive } from "../../scripts/contract/derive.js";
import type { Schema } from "../../scripts/openapi/document.js";
import { documentWith } from "./document.js";

/** The cases about the field `word`: the rule and the value that is sent. `!` marks a value that must be rejected. */
function casesOf(word: Schema, example: unknown): Record<string, unknown> {
  const schema: Schema = { type: "object", required: ["word"], properties: { word } };
  const cases = derive(documentWith(schema, { word: example })).flatMap(
    ({ cases }) => cases,
  ) as RequestCase[];
  const prefix = "greet › body.word › ";
  return Object.fromEntries(
    cases
      .filter(({ id }) => id.startsWith(prefix))
      .map(({ id, set, violations }) => [
        (violations.length > 0 ? "!" : "") + id.slice(prefix.length),
        set?.["/body/word"],
      ]),
  );
}

describe("derive", () => {
  test("tries only a wrong type, null and any text for a string without rules", () => {
    const expected = { "!type, number": 5, "!type, null": null, "type any text": "Ñandú!" };
    expect(casesOf({ type: "string" }, "hello")).toEqual(expected);
  });

  test.each<[string, Schema, unknown, Record<string, unknown>]>([
    [
      "both sides of each bound of a string",
      { type: "string", minLength: 2, maxLength: 6 },
      "hello",
      {
        "minLength at the bound": "he",
        "!minLength": "h",
        "maxLength at the bound": "helloo",
        "!maxLength": "hellooo",
      },
    ],
    [
      "both sides of each bound of a number, and a fraction for an integer",
      { type: "integer", minimum: 1, maximum: 9 },
      5,
      {
        "!type, fraction": 1.5,
        "minimum at the bound": 1,
        "!minimum": 0,
        "maximum at the bound": 9,
        "!maximum": 10,
      },
    ],
    [
      "an excluded bound, and a number that isn't a multiple",
      { type: "number", exclusiveMinimum: 0, multipleOf: 0.5 },
      5,
      { "!exclusiveMinimum": 0, "!multipleOf": 5.25 },
    ],
    [
      "each value of an enum, another value, and a value in lower case",
      { type: "string", enum: ["CC", "CE"] },
      "CC",
      { 'enum "CC"': "CC", 'enum "CE"': "CE", "!enum": "CC-other", "!enum, lower case": "cc" },
    ],
    [
      "strings that don't match a pattern",
      { type: "string", pattern: "^[A-Z]{2}$" },
      "CO",
      {
        "!pattern, prefix added": "éCO",
        "!pattern, suffix added": "COé",
        "!pattern, another case": "co",
        "!pattern, one character more": "COO",
        "!pattern, one character less": "C",
      },
    ],
    [
      "null if null is allowed, and an invalid format",
      { type: ["string", "null"], format: "date" },
      "2024-01-31",
      { "type null": null, "!format": "2024-13-01" },
    ],
    [
      "the bounds of an array, and repeated items",
      { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 2, uniqueItems: true },
      [1],
      { "!minItems": [], "!maxItems": [1, 1, 1], "!uniqueItems": [1, 1] },
    ],
  ])("tries %s", (_what, word, example, expected) => {
    expect(casesOf(word, example)).toMatchObject(expected);
  });
});

describe("uncovered", () => {
  test.each<[string, Schema]>([
    ["not", { type: "string", not: { const: "no" } }],
    ["if", { type: "string", if: { minLength: 2 } }],
    ["propertyNames", { type: "object", propertyNames: { pattern: "^a" } }],
    ["maxProperties", { type: "object", maxProperties: 3 }],
  ])("lists the keyword `%s`, for which derive has no case", (keyword, word) => {
    const document = documentWith({ type: "object", properties: { word } }, {});
    expect(uncovered(document, derive(document))).toContain(
      `#/paths/~1greetings/post/requestBody/content/application~1json/schema/properties/word/${keyword}: no case for ${keyword}`,
    );
  });

  test("lists a documented response without an example", () => {
    const document = documentWith({ type: "object" }, {});
    const content = { "application/json": { schema: { type: "object" } } };
    Object.assign(document.paths?.["/greetings"]?.post?.responses ?? {}, { "409": { content } });
    expect(uncovered(document, derive(document))).toEqual(["greet: status 409 has no case"]);
  });
});
