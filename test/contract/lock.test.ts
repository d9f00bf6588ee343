import { describe, expect, test } from "vitest";
import { uncovered } from "../../scripts/contract/coverage.js";
import { derive } from "../../scripts/contract/derive.js";
import { difference, lockText, parseLock, readLock, summary } from "../../scripts/contract/lock.js";
import type { Document, Schema } from "../../scripts/openapi/document.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { documentWith } from "./document.js";

const document = await readDocument();
const locked = await readLock();

describe("the lock files", () => {
  test("match the document; if they don't, run `npm run lock` and read the list", () => {
    expect(summary(difference(locked, derive(document)))).toBe("");
  });

  test("have a case for every operation, status, example, parameter and rule of the document", () => {
    expect(uncovered(document, locked)).toEqual([]);
  });

  test("use each id once", () => {
    const ids = locked.flatMap(({ cases }) => cases.map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("contain the same after they are written and read", () => {
    for (const contract of locked)
      expect(parseLock(contract.operation, lockText(contract))).toEqual(contract);
  });
});

test("parseLock reports a merge conflict with the file and the command to run", () => {
  expect(() => parseLock("getCustomer", "<<<<<<< HEAD\n{}\n")).toThrow(
    /test\/contract\/lock\/getCustomer\.jsonl has a line that isn't JSON.*Delete the file and run `npm run lock`\.$/,
  );
});

test("derive returns the same cases for the same document, and doesn't change the document", () => {
  const before = structuredClone(document);
  expect(derive(document)).toEqual(derive(structuredClone(document)));
  expect(document).toEqual(before);
});

test("the summary lists what was added, removed and changed", () => {
  const contractsFor = (word: Schema): ReturnType<typeof derive> => {
    const greetings: Document = documentWith({ type: "object", properties: { word } }, {});
    return derive(greetings);
  };
  const before = contractsFor({ type: "string" });
  const after = contractsFor({ type: "string", maxLength: 5 });
  expect(summary(difference(before, after))).toBe(
    [
      "2 added",
      "  + greet › body.word › maxLength at the bound",
      "  + greet › body.word › maxLength",
      "1 changed",
      "  ~ greet › body.word › type any text",
    ].join("\n"),
  );
});
