import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { operations } from "../../generated/operations.js";
import * as client from "../../src/index.js";

const entry = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
const program = ts.createProgram([entry], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
});
const checker = program.getTypeChecker();
const source = program.getSourceFile(entry);
const symbol = source && checker.getSymbolAtLocation(source);
const exported = (symbol ? checker.getExportsOfModule(symbol) : []).map((one) => ({
  name: one.name,
  declared: one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one,
}));
const names = exported.map(({ name }) => name);

describe("the package", () => {
  test("exports exactly these values", () => {
    expect(Object.keys(client).sort()).toEqual([
      "AbortError",
      "ApiError",
      "BadRequestError",
      "ConflictError",
      "ConnectionError",
      "ForbiddenError",
      "InvalidResponseError",
      "NotFoundError",
      "OnePay",
      "OnePayError",
      "RateLimitError",
      "RedirectError",
      "ResponseError",
      "ServerError",
      "TimeoutError",
      "UnauthorizedError",
      "UnprocessableEntityError",
      "createFetchClient",
      "errorOf",
      "idempotencyKeyFrom",
      "isOnePayError",
    ]);
  });

  test("exports a type for each schema of the specification", () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(document.components.schemas)));
  });

  test("exports the types of options, promises, pages and events", () => {
    expect(names).toEqual(
      expect.arrayContaining([
        ...["OnePayOptions", "RequestOptions", "IdempotentRequestOptions", "HeaderOptions", "Fetch"],
        ...["OnePayPromise", "WithResponse", "Page", "PagePromise", "Outcome", "Environment"],
        ...["OnePayEvent", "RequestEvent", "ResponseEvent", "RetryEvent", "SuccessEvent", "ErrorEvent"],
        ...["ListCustomersQuery", "CustomersResource", "CustomerSessionsResource", "Resources"],
        ...["paths", "operations", "components", "FetchClientPaths"],
      ]),
    );
  });

  test("documents every export that is written by hand", () => {
    const undocumented = exported
      .filter(({ declared }) =>
        declared.declarations?.some((one) => one.getSourceFile().fileName.includes("/src/")),
      )
      .filter(({ declared }) => declared.getDocumentationComment(checker).length === 0)
      .map(({ name }) => name);
    expect(undocumented).toEqual([]);
  });

  test("documents what constructors and functions throw", () => {
    const throwing = ["OnePay", "createFetchClient", "idempotencyKeyFrom"];
    const undocumented = exported
      .filter(({ name }) => throwing.includes(name))
      .filter(({ declared }) => !declared.getJsDocTags(checker).some(({ name }) => name === "throws"))
      .map(({ name }) => name);
    expect(undocumented).toEqual([]);
  });
});

describe("each method of a resource", () => {
  const methods = exported
    .filter(({ name }) => /^Customer.*Resource$/.test(name))
    .flatMap(({ declared }) => [...(declared.members?.values() ?? [])]);

  test("documents what it does, its HTTP call, its errors and an example", () => {
    expect(methods).toHaveLength(Object.keys(operations).length);
    for (const method of methods) {
      const text = ts.displayPartsToString(method.getDocumentationComment(checker));
      expect(text, method.name).toMatch(/`(GET|POST|DELETE) \/customers/);
      const tags = method.getJsDocTags(checker).map(({ name }) => name);
      expect(tags, method.name).toEqual(expect.arrayContaining(["param", "throws", "example"]));
    }
  });

  test("documents for list that a filter may be ignored, so that results must be compared", () => {
    const list = methods.find(({ name }) => name === "list");
    const text = ts.displayPartsToString(list?.getDocumentationComment(checker)).replace(/\s+/g, " ");
    expect(text).toMatch(/Compare every row .* may ignore a filter/);
  });
});
