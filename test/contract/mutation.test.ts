import { describe, expect, test } from "vitest";
import { derive } from "../../scripts/contract/derive.js";
import type { Schema } from "../../scripts/contract/document.js";
import { readDocument } from "../../scripts/contract/lock.js";
import { progress } from "../../scripts/contract/progress.js";
import { reasonByMutant } from "../../scripts/mutation/equivalents.js";
import { type Catch, hunt } from "../../scripts/mutation/hunt.js";
import { mutants, mutate, nameOf } from "../../scripts/mutation/operators.js";
import { percent, score, table } from "../../scripts/mutation/score.js";
import { documentWith } from "./greetings.js";

const word: Schema = { type: "string", minLength: 2, pattern: "^[a-z]+$" };
const small = documentWith(
  { type: "object", additionalProperties: false, required: ["word"], properties: { word } },
  { word: "hello" },
);

describe("the defects", () => {
  test("each change the document, and leave the original as it was", async () => {
    const document = await readDocument();
    const before = JSON.stringify(document);
    const same = mutants(document).filter((mutant) => JSON.stringify(mutate(document, mutant)) === before);
    expect(same.map(nameOf)).toEqual([]);
    expect(JSON.stringify(document)).toBe(before);
  });

  test("are made where the document has something to break", () => {
    expect(mutants(small).map(nameOf)).toEqual(
      expect.arrayContaining([
        "required dropped #/paths/~1greetings/post/requestBody/content/application~1json/schema/required/0",
        "closed object opened #/paths/~1greetings/post/requestBody/content/application~1json/schema/additionalProperties",
        "pattern removed #/paths/~1greetings/post/requestBody/content/application~1json/schema/properties/word/pattern",
        "request body made optional #/paths/~1greetings/post/requestBody/required",
        "status removed #/paths/~1greetings/post/responses/204",
      ]),
    );
  });

  test("are all noticed by the cases that were derived before", async () => {
    const contracts = derive(small);
    const missed: string[] = [];
    for (const mutant of mutants(small)) {
      if (!(await hunt(small, contracts, mutant)).by) missed.push(nameOf(mutant));
    }
    expect(missed).toEqual([]);
  });

  test("go unnoticed by cases that are derived anew from the broken document: that is why they are locked", async () => {
    const pattern = mutants(small).find(({ operator }) => operator === "pattern removed");
    if (!pattern) throw new Error("There is no such defect.");
    expect((await hunt(small, derive(small), pattern)).by?.case).toMatch(/^greet › body\.word › pattern/);
    expect((await hunt(small, derive(mutate(small, pattern)), pattern)).by).toBe(undefined);
  });
});

describe("the score", () => {
  const caught = (operator: string, pointer: string, noticed: boolean): Catch => ({
    mutant: `${operator} ${pointer}`,
    operator,
    pointer,
    ...(noticed ? { by: { case: "a case", judge: "Prism", fault: "a fault" } } : {}),
  });
  const catches = [caught("cut", "#/a", true), caught("cut", "#/b", false), caught("cut", "#/c", false)];

  test("counts what was noticed among what changes anything", () => {
    const found = score(catches, new Map([["cut #/b", "It is the same."]]));
    expect(found).toMatchObject({ noticed: 1, missed: ["cut #/c"], stale: [] });
    expect(percent(found)).toBe(50);
    expect(table(found).split("\n")[1]).toMatch(/^cut\s+1\s+1\s+1$/);
  });

  test("calls an equivalent stale that is noticed after all, or is no longer there", () => {
    const reasons = new Map([
      ["cut #/a", "Said to be the same."],
      ["cut #/gone", "Said to be the same."],
    ]);
    expect(score(catches, reasons).stale).toEqual(["cut #/a", "cut #/gone"]);
  });

  test("every equivalent has its reason and stands in the document", async () => {
    const names = new Set(mutants(await readDocument()).map(nameOf));
    expect([...reasonByMutant.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect([...reasonByMutant.values()].filter((reason) => reason.length < 20)).toEqual([]);
  });
});

describe("the progress of a long run", () => {
  const written = (isTTY: boolean): string => {
    let text = "";
    const write = (part: string) => {
      text += part;
      return true;
    };
    const out = { isTTY, write };
    const tell = progress("things", 8, out as unknown as NodeJS.WriteStream);
    for (let done = 1; done <= 8; done += 1) tell(done);
    return text;
  };

  test("is a bar on a terminal", () => {
    const last = written(true).split("\r").pop();
    expect(last).toBe(`${"█".repeat(25)} 100 %  8 of 8 things\n`);
  });

  test("is a plain line now and then in a log", () => {
    expect(written(false)).toBe("2 of 8 things\n4 of 8 things\n6 of 8 things\n8 of 8 things\n");
  });
});
