import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import * as client from "../../src/index.js";

const entry = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
const program = ts.createProgram([entry], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  // The declarations of Node.js and of the test tools don't matter here.
  types: [],
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
  test("exports these values and no others", () => {
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

  test("exports a type for each schema of the document, with its name", () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(document.components.schemas)));
  });

  test("exports the types of options, promises, pages, errors and events", () => {
    expect(names).toEqual(
      expect.arrayContaining([
        ...["OnePayOptions", "RequestOptions", "IdempotentRequestOptions", "HeaderOptions", "FetchOptions"],
        ...["Fetch", "FetchInit", "FetchResponse", "RawRequest", "RawRequestOptions"],
        ...["OnePayPromise", "WithResponse", "Page", "PagePromise", "Outcome", "Environment"],
        ...["ErrorDetails", "ErrorFacts", "OnePayErrorJson"],
        ...["OnePayEvent", "RequestEvent", "ResponseEvent", "RetryEvent", "SuccessEvent", "ErrorEvent"],
        ...["ListCustomersQuery", "CustomersResource", "CustomerSessionsResource", "Resources"],
        ...["paths", "operations", "components", "FetchClient", "FetchClientPaths", "FetchClientCallOptions"],
      ]),
    );
  });

  test.each(["$defs", "webhooks", "headerOptions", "server"])(
    "doesn't export the internal name %s",
    (name) => {
      expect(names).not.toContain(name);
    },
  );

  test("exports only handwritten declarations with a doc comment", () => {
    const undocumented = exported
      .filter(({ declared }) =>
        declared.declarations?.some((declaration) => declaration.getSourceFile().fileName.includes("/src/")),
      )
      .filter(({ declared }) => declared.getDocumentationComment(checker).length === 0)
      .map(({ name }) => name);
    expect(undocumented).toEqual([]);
  });

  test.each(["OnePay", "createFetchClient", "idempotencyKeyFrom"])("documents what %s throws", (throwing) => {
    const declared = exported.find(({ name }) => name === throwing)?.declared;
    const tags = declared?.getJsDocTags(checker).map(({ name }) => name);
    expect(tags).toContain("throws");
  });
});

describe("each method of a resource", () => {
  const methods = exported
    .filter(({ name }) => /^Customer.*Resource$/.test(name))
    .flatMap(({ declared }) => [...(declared.members?.values() ?? [])]);
  const descriptionOf = (method: ts.Symbol | undefined) =>
    ts.displayPartsToString(method?.getDocumentationComment(checker)).replace(/\s+/g, " ");

  test("documents its request, parameters, errors and an example", () => {
    const operations = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).filter((value) => "operationId" in value),
    );
    expect(methods).toHaveLength(operations.length);
    for (const method of methods) {
      expect(descriptionOf(method), method.name).toMatch(/`(GET|POST|DELETE) \/customers/);
      const tags = method.getJsDocTags(checker).map(({ name }) => name);
      expect(tags, method.name).toEqual(expect.arrayContaining(["param", "throws", "example"]));
    }
  });

  test("that is customers.list warns about ignored filters and about deleting while iterating", () => {
    const description = descriptionOf(methods.find(({ name }) => name === "list"));
    expect(description).toContain("a server may ignore a filter that it doesn't know");
    expect(description).toContain("Collect the ids first, then delete.");
  });
});
