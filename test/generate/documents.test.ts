// The documents of the benchmarks are like ours, or the measurements would mean nothing.
import { describe, expect, test } from "vitest";
import { documentWith } from "../../scripts/bench/document.js";
import { operations } from "../../scripts/generate/operations.js";
import { types } from "../../scripts/generate/types.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { operationsOf } from "../../scripts/openapi/operations.js";
import { valueAt } from "../../scripts/openapi/pointers.js";

const references = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, item]) =>
        key === "$ref" && typeof item === "string" ? [item] : references(item),
      );

describe.each([1, 12, 100])("a document of %i operations", async (count) => {
  const document = await documentWith(count);

  test("has that many operations with different operationIds", () => {
    const ids = operationsOf(document).map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(count);
  });

  test("has no broken reference", () => {
    expect(references(document).filter((reference) => valueAt(document, reference) === undefined)).toEqual(
      [],
    );
  });

  test("has a method for each operation", () => {
    const { names } = types(document);
    const { text, skipped } = operations(document, names, "../src/types.js");
    expect(skipped).toEqual([]);
    expect(text.match(/^ {2}\w+: \{ resource: /gm)).toHaveLength(count);
  });
});

test("copied operations have their own schemas and share the error schema", async () => {
  const ours = await readDocument();
  const document = await documentWith(100);
  const names = Object.keys(document.components?.schemas ?? {});
  expect(names).toEqual(
    expect.arrayContaining([...Object.keys(ours.components?.schemas ?? {}), "RetailSupplier"]),
  );
  expect(names.filter((name) => name.endsWith("ApiErrorBody"))).toEqual(["ApiErrorBody"]);
});
