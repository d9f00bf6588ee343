import { expect, test } from "vitest";
import { uncovered } from "../../scripts/contract/coverage.js";
import { derive } from "../../scripts/contract/derive.js";
import {
  difference,
  lockText,
  parseLock,
  readDocument,
  readLock,
  summary,
} from "../../scripts/contract/lock.js";

const document = await readDocument();
const locked = await readLock();

test("the lock holds what the document says; where it does not, read the list, then run `npm run lock`", () => {
  expect(summary(difference(locked, derive(document)))).toBe("");
});

test("every operation, status, example, parameter and rule of the document has a case", () => {
  expect(uncovered(document, locked)).toEqual([]);
});

test("no two cases share an id", () => {
  const ids = locked.flatMap(({ cases }) => cases.map(({ id }) => id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("the derivation is pure: the same document gives the same cases, and stays as it was", () => {
  const before = structuredClone(document);
  expect(derive(document)).toEqual(derive(structuredClone(document)));
  expect(document).toEqual(before);
});

test("a lock file reads back as it was written", () => {
  for (const contract of locked) expect(parseLock(contract.operation, lockText(contract))).toEqual(contract);
});
