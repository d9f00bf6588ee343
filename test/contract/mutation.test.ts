import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { derive } from "../../scripts/contract/derive.js";
import { progress } from "../../scripts/contract/progress.js";
import { runClientMutants } from "../../scripts/mutation/client.js";
import { clientMutants } from "../../scripts/mutation/client-mutants.js";
import { reasonByMutant } from "../../scripts/mutation/equivalents.js";
import { mutants, mutate, nameOf } from "../../scripts/mutation/operators.js";
import { type MutantResult, runMutant } from "../../scripts/mutation/run.js";
import { percent, score, table } from "../../scripts/mutation/score.js";
import type { Schema } from "../../scripts/openapi/document.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { documentWith } from "./document.js";

const word: Schema = { type: "string", minLength: 2, pattern: "^[a-z]+$" };
const small = documentWith(
  { type: "object", additionalProperties: false, required: ["word"], properties: { word } },
  { word: "hello" },
);

describe("the mutants of the document", () => {
  test("all change the document, and leave the original as it is", async () => {
    const document = await readDocument();
    const before = JSON.stringify(document);
    const same = mutants(document).filter((mutant) => JSON.stringify(mutate(document, mutant)) === before);
    expect(same.map(nameOf)).toEqual([]);
    expect(JSON.stringify(document)).toBe(before);
  });

  test("include a change of every kind that applies", () => {
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

  test("are all detected by the locked cases", async () => {
    const contracts = derive(small);
    const undetected: string[] = [];
    for (const mutant of mutants(small)) {
      if (!(await runMutant(small, contracts, mutant)).detection) undetected.push(nameOf(mutant));
    }
    expect(undetected).toEqual([]);
  });

  test("stay undetected if the cases are derived from the mutated document, so the cases are locked", async () => {
    const pattern = mutants(small).find(({ operator }) => operator === "pattern removed");
    if (!pattern) throw new Error("There is no such mutant.");
    expect((await runMutant(small, derive(small), pattern)).detection?.case).toMatch(
      /^greet › body\.word › pattern/,
    );
    expect((await runMutant(small, derive(mutate(small, pattern)), pattern)).detection).toBe(undefined);
  });
});

describe("the mutation score", () => {
  const resultOf = (operator: string, pointer: string, detected: boolean): MutantResult => ({
    mutant: `${operator} ${pointer}`,
    operator,
    pointer,
    ...(detected ? { detection: { case: "a case", validator: "Prism", difference: "a difference" } } : {}),
  });
  const results = [
    resultOf("cut", "#/a", true),
    resultOf("cut", "#/b", false),
    resultOf("cut", "#/c", false),
  ];

  test("is the share of detected mutants among those that aren't equivalent", () => {
    const found = score(results, new Map([["cut #/b", "It changes nothing."]]));
    expect(found).toMatchObject({ detected: 1, undetected: ["cut #/c"], outdated: [] });
    expect(percent(found)).toBe(50);
    expect(table(found).split("\n")[1]).toMatch(/^cut\s+1\s+1\s+1$/);
  });

  test("lists an equivalent mutant as outdated if it is detected or no longer exists", () => {
    const reasons = new Map([
      ["cut #/a", "It changes nothing."],
      ["cut #/gone", "It changes nothing."],
    ]);
    expect(score(results, reasons).outdated).toEqual(["cut #/a", "cut #/gone"]);
  });

  test("every listed equivalent mutant exists and has a reason", async () => {
    const names = new Set(mutants(await readDocument()).map(nameOf));
    expect([...reasonByMutant.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect([...reasonByMutant.values()].filter((reason) => reason.length < 20)).toEqual([]);
  });
});

describe("the mutants of the client", () => {
  test("change text that src/ contains exactly once", async () => {
    const counts = await Promise.all(
      clientMutants.map(async ({ file, search }) => {
        const text = await readFile(join(root, "src", file), "utf8");
        return [file, search, text.split(search).length - 1];
      }),
    );
    expect(counts.filter(([, , count]) => count !== 1)).toEqual([]);
  });

  test("report text that src/ doesn't contain, with the file to update", async () => {
    const mutant = { name: "a mutant", file: "index.ts", search: "no such text", replacement: "" };
    expect(await runClientMutants([mutant])).toEqual({
      name: "Client",
      mutants: 1,
      undetected: [
        'a mutant: src/index.ts contains "no such text" 0 times instead of once. Update scripts/mutation/client-mutants.ts.',
      ],
    });
  });
});

describe("progress", () => {
  const written = (isTTY: boolean): string => {
    let text = "";
    const write = (part: string) => {
      text += part;
      return true;
    };
    const out = { isTTY, write };
    const update = progress("things", 8, out as unknown as NodeJS.WriteStream);
    for (let done = 1; done <= 8; done += 1) update(done);
    return text;
  };

  test("prints a bar on a terminal", () => {
    const last = written(true).split("\r").pop();
    expect(last).toBe(`${"█".repeat(25)} 100 %  8 of 8 things\n`);
  });

  test("prints a line per quarter in a log", () => {
    expect(written(false)).toBe("2 of 8 things\n4 of 8 things\n6 of 8 things\n8 of 8 things\n");
  });
});
