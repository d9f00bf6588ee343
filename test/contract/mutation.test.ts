import { describe, expect, test } from "vitest";
import { derive } from "../../scripts/contract/derive.js";
import { runClientMutants } from "../../scripts/mutation/client.js";
import { reasonByMutant } from "../../scripts/mutation/equivalents.js";
import { mutants, mutate, nameOf } from "../../scripts/mutation/operators.js";
import { type MutantResult, runMutant } from "../../scripts/mutation/run.js";
import { percent, score, table } from "../../scripts/mutation/score.js";
import type { Schema } from "../../scripts/openapi/document.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { documentWith } from "./document.js";

const document = await readDocument();
const word: Schema = { type: "string", minLength: 2, pattern: "^[a-z]+$" };
const small = documentWith(
  { type: "object", additionalProperties: false, required: ["word"], properties: { word } },
  { word: "hello" },
);

describe("the mutants of the document", () => {
  test("all change the document, and leave the original as it is", () => {
    const before = JSON.stringify(document);
    const same = mutants(document).filter((mutant) => JSON.stringify(mutate(document, mutant)) === before);
    expect(same.map(nameOf)).toEqual([]);
    expect(JSON.stringify(document)).toBe(before);
  });

  test("include a change of every kind that applies", () => {
    const post = "#/paths/~1greetings/post";
    const schema = `${post}/requestBody/content/application~1json/schema`;
    expect(mutants(small).map(nameOf)).toEqual(
      expect.arrayContaining([
        `required dropped ${schema}/required/0`,
        `closed object opened ${schema}/additionalProperties`,
        `pattern removed ${schema}/properties/word/pattern`,
        `request body made optional ${post}/requestBody/required`,
        `status removed ${post}/responses/204`,
      ]),
    );
  });

  test("are all detected by the locked cases", async () => {
    const contracts = derive(small);
    const results = await Promise.all(mutants(small).map((mutant) => runMutant(small, contracts, mutant)));
    expect(results.filter(({ detection }) => !detection)).toEqual([]);
  });

  test("stay undetected if the cases are derived from the mutated document, so the cases are locked", async () => {
    const pattern = mutants(small).find(({ operator }) => operator === "pattern removed");
    if (!pattern) throw new Error("There is no such mutant.");
    const { detection } = await runMutant(small, derive(small), pattern);
    expect(detection?.case).toMatch(/^greet › body\.word › pattern/);
    expect((await runMutant(small, derive(mutate(small, pattern)), pattern)).detection).toBe(undefined);
  });
});

describe("the mutation score", () => {
  const detection = { case: "a case", validator: "Prism", difference: "a difference" } as const;
  const results: MutantResult[] = [
    { mutant: "cut #/a", operator: "cut", pointer: "#/a", detection },
    { mutant: "cut #/b", operator: "cut", pointer: "#/b" },
    { mutant: "cut #/c", operator: "cut", pointer: "#/c" },
  ];
  const reason = "It changes nothing.";

  test("is the share of detected mutants among those that aren't equivalent", () => {
    const found = score(results, new Map([["cut #/b", reason]]));
    expect(found).toMatchObject({ detected: 1, undetected: ["cut #/c"], outdated: [] });
    expect(percent(found)).toBe(50);
    expect(table(found).split("\n")[1]).toMatch(/^cut\s+1\s+1\s+1$/);
  });

  test("lists an equivalent mutant as outdated if it is detected or no longer exists", () => {
    const reasons = ["cut #/a", "cut #/gone"].map((mutant): [string, string] => [mutant, reason]);
    expect(score(results, new Map(reasons)).outdated).toEqual(["cut #/a", "cut #/gone"]);
  });

  test("every listed equivalent mutant exists and has a reason", () => {
    const names = new Set(mutants(document).map(nameOf));
    expect([...reasonByMutant.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect([...reasonByMutant.values()].filter((each) => each.length < 20)).toEqual([]);
  });
});

test("the locked cases detect every mutant of the client", async () => {
  expect((await runClientMutants()).undetected).toEqual([]);
});

test("a mutant of the client whose text isn't in src/ is reported with the file to update", async () => {
  const { undetected } = await runClientMutants([["a mutant", "index.ts", "no such text", ""]]);
  expect(undetected).toEqual([
    'a mutant: src/index.ts must contain "no such text" once. Update scripts/mutation/client.ts.',
  ]);
});
