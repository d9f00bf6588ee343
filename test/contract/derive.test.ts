import { describe, expect, test } from "vitest";
import type { Case, RequestCase } from "../../scripts/contract/case.js";
import { uncovered } from "../../scripts/contract/coverage.js";
import { derive } from "../../scripts/contract/derive.js";
import type { Schema } from "../../scripts/contract/document.js";
import { difference, readDocument, summary } from "../../scripts/contract/lock.js";
import { directPrism } from "../../scripts/contract/prism.js";
import { goodRequest, requestFaults, requestOf } from "../../scripts/contract/verdict.js";
import { documentWith } from "./greetings.js";

/** The cases about one field `word`: rule → the value that is sent, `!` where it must be refused. */
function casesOf(word: Schema, example: unknown): Record<string, unknown> {
  const document = documentWith({ type: "object", required: ["word"], properties: { word } } as Schema, {
    word: example,
  });
  const cases = derive(document).flatMap(({ cases }) => cases) as RequestCase[];
  const prefix = "greet › body.word › ";
  return Object.fromEntries(
    cases
      .filter(({ id }) => id.startsWith(prefix))
      .map(({ id, set, breaks }) => [
        (breaks.length > 0 ? "!" : "") + id.slice(prefix.length),
        set?.["/body/word"],
      ]),
  );
}

describe("for a field the derivation makes", () => {
  test("a wrong type, null and any text for a string", () => {
    expect(casesOf({ type: "string" }, "hello")).toEqual({
      "!type, number": 5,
      "!type, null": null,
      "type any text": "Ñandú!",
    });
  });

  test("both sides of each bound of a text", () => {
    expect(casesOf({ type: "string", minLength: 2, maxLength: 6 }, "hello")).toMatchObject({
      "minLength at the bound": "he",
      "!minLength": "h",
      "maxLength at the bound": "helloo",
      "!maxLength": "hellooo",
    });
  });

  test("both sides of each bound of a number, and a fraction of a whole one", () => {
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

  test("each value of an enum, one beside it, and one in lower case", () => {
    expect(casesOf({ type: "string", enum: ["CC", "CE"] }, "CC")).toMatchObject({
      'enum "CC"': "CC",
      'enum "CE"': "CE",
      "!enum": "CC-other",
      "!enum, lower case": "cc",
    });
  });

  test("each way to miss a pattern", () => {
    expect(casesOf({ type: "string", pattern: "^[A-Z]{2}$" }, "CO")).toMatchObject({
      "!pattern, something before": "éCO",
      "!pattern, something after": "COé",
      "!pattern, another case": "co",
      "!pattern, one more": "COO",
      "!pattern, one less": "C",
    });
  });

  test("null where null is allowed", () => {
    expect(casesOf({ type: ["string", "null"], format: "date" }, "2024-01-31")).toMatchObject({
      "type null": null,
      "!format": "2024-13-01",
    });
  });

  test("the bounds of a list, and its items", () => {
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

describe("a rule that the derivation cannot probe is named by the coverage", () => {
  test.each([
    ["not", { type: "string", not: { const: "no" } }],
    ["if", { type: "string", if: { minLength: 2 } }],
    ["propertyNames", { type: "object", propertyNames: { pattern: "^a" } }],
  ])("%s", (keyword, word) => {
    const document = documentWith({ type: "object", properties: { word: word as Schema } }, {});
    expect(uncovered(document, derive(document))).toContain(
      `#/paths/~1greetings/post/requestBody/content/application~1json/schema/properties/word/${keyword}: no case for ${keyword}`,
    );
  });

  test("and so is a documented answer without an example", () => {
    const document = documentWith({ type: "object" }, {});
    const responses = document.paths?.["/greetings"]?.post?.responses as Record<string, object>;
    responses["409"] = {
      description: "Conflict",
      content: { "application/json": { schema: { type: "object" } } },
    };
    expect(uncovered(document, derive(document))).toEqual(["greet: status 409 has no case"]);
  });
});

describe("a new operation in a copy of the document", () => {
  const path = "/customers/{customer_id}/notes";
  const notes = {
    parameters: [
      {
        name: "customer_id",
        in: "path",
        required: true,
        schema: { type: "string", format: "uuid" },
        example: "9da58912-101d-46f8-86c9-20a52119c0bf",
      },
      { name: "lang", in: "query", schema: { type: "string", enum: ["es", "en"] } },
    ],
    post: {
      operationId: "createCustomerNote",
      tags: ["Customers"],
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              additionalProperties: false,
              required: ["text"],
              properties: { text: { type: "string", maxLength: 80, examples: ["Call back"] } },
            },
            examples: { call: { value: { text: "Call back" } } },
          },
        },
      },
      responses: {
        "201": {
          description: "Noted",
          content: {
            "application/json": {
              schema: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
              examples: { noted: { value: { id: "note-1" } } },
            },
          },
        },
        "422": { $ref: "#/components/responses/UnprocessableContent" },
      },
    },
  };

  test("yields cases for all of it, with no other change, and Prism agrees with each", async () => {
    const before = await readDocument();
    const document = structuredClone(before);
    Object.assign(document.paths as object, { [path]: notes });

    const contracts = derive(document);
    const { added, removed, changed } = difference(derive(before), contracts);
    expect([removed, changed]).toEqual([[], []]);
    expect(added.every((id) => id.startsWith("createCustomerNote › "))).toBe(true);
    expect(added).toEqual(
      expect.arrayContaining([
        "createCustomerNote › example call",
        "createCustomerNote › body.text › maxLength",
        "createCustomerNote › body › text required",
        "createCustomerNote › body › additionalProperties",
        "createCustomerNote › path.customer_id › format",
        "createCustomerNote › query.lang › enum",
        "createCustomerNote › security › without secretKey",
        "createCustomerNote › answers 201 noted",
        "createCustomerNote › upstream 201 › body.id › type, number",
        "createCustomerNote › answers 422 field-map",
      ]),
    );
    expect(uncovered(document, contracts)).toEqual([]);

    const contract = contracts.find(({ operation }) => operation === "createCustomerNote");
    if (!contract) throw new Error("The new operation has no contract.");
    const prism = await directPrism(document);
    const isRequest = (each: Case): each is RequestCase => each.kind === "request" && each.status !== 400;
    for (const each of contract.cases.filter(isRequest))
      expect([each.id, ...requestFaults(each, await prism.ask(requestOf(contract, each)))]).toEqual([
        each.id,
      ]);
    expect(goodRequest(contract).path).toBe(path);
  });
});

test("the summary of a change names what was added, removed and changed", () => {
  const [before] = derive(documentWith({ type: "object", properties: { word: { type: "string" } } }, {}));
  const [after] = derive(
    documentWith({ type: "object", properties: { word: { type: "string", maxLength: 5 } } }, {}),
  );
  if (!before || !after) throw new Error("Nothing was derived.");
  expect(summary(difference([before], [after]))).toBe(
    [
      "2 added",
      "  + greet › body.word › maxLength at the bound",
      "  + greet › body.word › maxLength",
      "1 changed",
      "  ~ greet › body.word › type any text",
    ].join("\n"),
  );
});
