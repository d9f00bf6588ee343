import { describe, expect, test } from "vitest";
import type { RequestCase } from "../../scripts/contract/case.js";
import { uncovered } from "../../scripts/contract/coverage.js";
import { derive } from "../../scripts/contract/derive.js";
import type { Schema } from "../../scripts/openapi/document.js";
import { documentWith } from "./document.js";

/** The cases about the field `word`: the rule and the value that is sent. `!` marks a value that must be rejected. */
function casesOf(word: Schema, example: unknown): Record<string, unknown> {
  const document = documentWith({ type: "object", required: ["word"], properties: { word } } as Schema, {
    word: example,
  });
  const cases = derive(document).flatMap(({ cases }) => cases) as RequestCase[];
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
  test("tries a wrong type, null and any text for a string", () => {
    expect(casesOf({ type: "string" }, "hello")).toEqual({
      "!type, number": 5,
      "!type, null": null,
      "type any text": "Ñandú!",
    });
  });

  test("tries both sides of each bound of a string", () => {
    expect(casesOf({ type: "string", minLength: 2, maxLength: 6 }, "hello")).toMatchObject({
      "minLength at the bound": "he",
      "!minLength": "h",
      "maxLength at the bound": "helloo",
      "!maxLength": "hellooo",
    });
  });

  test("tries both sides of each bound of a number, and a fraction for an integer", () => {
    expect(casesOf({ type: "integer", minimum: 1, maximum: 9 }, 5)).toMatchObject({
      "!type, fraction": 1.5,
      "minimum at the bound": 1,
      "!minimum": 0,
      "maximum at the bound": 9,
      "!maximum": 10,
    });
    expect(casesOf({ type: "number", exclusiveMinimum: 0, multipleOf: 0.5 }, 5)).toMatchObject({
      "!exclusiveMinimum": 0,
      "!multipleOf": 5.25,
    });
  });

  test("tries each value of an enum, another value, and a value in lower case", () => {
    expect(casesOf({ type: "string", enum: ["CC", "CE"] }, "CC")).toMatchObject({
      'enum "CC"': "CC",
      'enum "CE"': "CE",
      "!enum": "CC-other",
      "!enum, lower case": "cc",
    });
  });

  test("tries strings that don't match a pattern", () => {
    expect(casesOf({ type: "string", pattern: "^[A-Z]{2}$" }, "CO")).toMatchObject({
      "!pattern, prefix added": "éCO",
      "!pattern, suffix added": "COé",
      "!pattern, another case": "co",
      "!pattern, one character more": "COO",
      "!pattern, one character less": "C",
    });
  });

  test("tries null if null is allowed", () => {
    expect(casesOf({ type: ["string", "null"], format: "date" }, "2024-01-31")).toMatchObject({
      "type null": null,
      "!format": "2024-13-01",
    });
  });

  test("tries the bounds of an array, and repeated items", () => {
    const list = {
      type: "array",
      items: { type: "integer" },
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
    } as Schema;
    expect(casesOf(list, [1])).toMatchObject({
      "!minItems": [],
      "!maxItems": [1, 1, 1],
      "!uniqueItems": [1, 1],
    });
  });
});

describe("uncovered", () => {
  test.each([
    ["not", { type: "string", not: { const: "no" } }],
    ["if", { type: "string", if: { minLength: 2 } }],
    ["propertyNames", { type: "object", propertyNames: { pattern: "^a" } }],
  ])("lists the keyword `%s`, for which derive has no case", (keyword, word) => {
    const document = documentWith({ type: "object", properties: { word: word as Schema } }, {});
    expect(uncovered(document, derive(document))).toContain(
      `#/paths/~1greetings/post/requestBody/content/application~1json/schema/properties/word/${keyword}: no case for ${keyword}`,
    );
  });

  test("lists a documented response without an example", () => {
    const document = documentWith({ type: "object" }, {});
    const responses = document.paths?.["/greetings"]?.post?.responses as Record<string, object>;
    responses["409"] = {
      description: "Conflict",
      content: { "application/json": { schema: { type: "object" } } },
    };
    expect(uncovered(document, derive(document))).toEqual(["greet: status 409 has no case"]);
  });
});
