// What all scripts read documents with: statuses, JSON pointers, and operations.
import { describe, expect, test } from "vitest";
import type { Document } from "../../scripts/openapi/document.js";
import { isJson } from "../../scripts/openapi/media-types.js";
import { readOperations } from "../../scripts/openapi/operations.js";
import { keysOf, pointerOf, uriFragment, valueAt } from "../../scripts/openapi/pointers.js";
import { findResponse, matchesStatus } from "../../scripts/openapi/statuses.js";

describe("the documented response of a status", () => {
  const responses = ["default", "4XX", "404"].map((status) => ({ status }));

  test.each([
    ["is the number", 404, "404"],
    ["is the range if the number isn't documented", 422, "4XX"],
    ["is the default if neither is documented", 500, "default"],
  ])("%s", (_, status, expected) => {
    expect(findResponse(responses, status)).toEqual({ status: expected });
  });

  test("is none if nothing covers the status", () => {
    expect(findResponse([{ status: "200" }, { status: "5XX" }], 404)).toBeUndefined();
    expect(matchesStatus("5XX", 404)).toBe(false);
  });
});

test.each(["a/b", "a~b", "~1", "100%", "%41", "{id}", "ñ"])("a pointer leads to the key %s", (key) => {
  const document = { [key]: [1, 2] };
  expect(keysOf(pointerOf([key, 1]))).toEqual([key, "1"]);
  expect(valueAt(document, pointerOf([key, 1]))).toBe(2);
  expect(valueAt(document, uriFragment(pointerOf([key, 1])))).toBe(2);
  expect(new URL(uriFragment(pointerOf([key])), "https://example.com").hash).toBe(
    uriFragment(pointerOf([key])),
  );
});

test.each([
  ["application/json", true],
  ["text/json; charset=utf-8", true],
  ["Application/Problem+JSON", true],
  ["application/jsonp", false],
])("whether %s is JSON: %s", (mediaType, expected) => {
  expect(isJson(mediaType)).toBe(expected);
});

test("an operation has the parameters of its path, unless it replaces them, and no extension among its responses", () => {
  const shared = { name: "id", in: "path" as const, required: true };
  const document: Document = {
    openapi: "3.1.1",
    paths: {
      "/toys/{id}": {
        parameters: [shared, { $ref: "#/components/parameters/Sort" }],
        get: {
          operationId: "getToy",
          parameters: [{ ...shared, description: "A toy." }],
          responses: { "200": {}, "x-note": {} },
        },
      },
    },
    components: { parameters: { Sort: { name: "sort", in: "query" } } },
  };
  const [operation] = readOperations(document);
  expect(operation?.parameters.map(({ pointer }) => pointer)).toEqual([
    "#/components/parameters/Sort",
    "#/paths/~1toys~1{id}/get/parameters/0",
  ]);
  expect(operation?.responses.map(({ status }) => status)).toEqual(["200"]);
});
