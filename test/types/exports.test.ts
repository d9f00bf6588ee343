// What the package exports, and the doc comments that an editor shows. Tests run after the build.
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { operationsOf } from "../../scripts/openapi/operations.js";
import { ts } from "../../scripts/typescript.cjs";
import * as client from "../../src/index.js";

const fileOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const source = fileOf("src/index.ts");
const published = fileOf("dist/index.d.ts");

const program = ts.createProgram([source, published], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  // The declarations of Node.js and of the test tools don't matter here.
  types: [],
});
const checker = program.getTypeChecker();

function exportsOf(file: string): { name: string; declared: ts.Symbol }[] {
  const sourceFile = program.getSourceFile(file);
  const module = sourceFile && checker.getSymbolAtLocation(sourceFile);
  if (!module) throw new Error(`${file} can't be read. Run \`npm run build\` first.`);
  return checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    declared: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  }));
}

const exported = exportsOf(source);
const names = exported.map(({ name }) => name);

describe("the package", () => {
  test("exports these values and no others", () => {
    expect(Object.keys(client).sort()).toEqual([
      ...["AbortError", "ApiError", "BadRequestError", "ConflictError", "ConnectionError", "ForbiddenError"],
      ...["InvalidResponseError", "NotFoundError", "OnePay", "OnePayError", "RateLimitError"],
      ...["RedirectError", "ResponseError", "ServerError", "TimeoutError", "UnauthorizedError"],
      ...["UnprocessableEntityError", "createFetchClient", "errorOf", "idempotencyKeyFrom", "isOnePayError"],
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

  test("doesn't export internal names", () => {
    expect(names.filter((name) => ["$defs", "webhooks", "headerOptions", "server"].includes(name))).toEqual(
      [],
    );
  });

  test("exports only handwritten declarations with a doc comment", () => {
    const undocumented = exported
      .filter(({ declared }) =>
        declared.declarations?.some((declaration) => declaration.getSourceFile().fileName.includes("/src/")),
      )
      .filter(({ declared }) => declared.getDocumentationComment(checker).length === 0);
    expect(undocumented.map(({ name }) => name)).toEqual([]);
  });

  test.each(["OnePay", "createFetchClient", "idempotencyKeyFrom"])("documents what %s throws", (throwing) => {
    const declared = exported.find(({ name }) => name === throwing)?.declared;
    expect(declared?.getJsDocTags(checker).map(({ name }) => name)).toContain("throws");
  });
});

describe("each method of a resource", () => {
  const methods = exported
    .filter(({ name }) => /^Customer.*Resource$/.test(name))
    .flatMap(({ declared }) => [...(declared.members?.values() ?? [])]);
  const descriptionOf = (method: ts.Symbol | undefined) =>
    ts.displayPartsToString(method?.getDocumentationComment(checker)).replace(/\s+/g, " ");

  test("documents its request, parameters, errors and an example", () => {
    expect(methods).toHaveLength(operationsOf(document as never).length);
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

// A doc comment that ends up behind the wrong member is invisible in an editor.
test("each doc comment of the source is in the published declarations, on the same member", () => {
  const expected = docComments(source);
  const actual = docComments(published);
  expect(expected.size).toBeGreaterThan(150);
  const lost = [...expected].filter(([path, text]) => actual.get(path) !== text).map(([path]) => path);
  expect(lost).toEqual([]);
});

/** The doc comment of every exported declaration and of every member in it: `Customer.birthdate` → its text. */
function docComments(file: string): Map<string, string> {
  const comments = new Map<string, string>();
  for (const { name, declared } of exportsOf(file))
    for (const declaration of declared.declarations ?? []) collect(declaration, name, comments);
  return comments;
}

function collect(node: ts.Node, path: string, comments: Map<string, string>): void {
  const text = docCommentOf(node);
  const isInternal = ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal");
  if (text !== "" && !isInternal) comments.set(path, [comments.get(path), text].filter(Boolean).join("\n"));
  let position = 0;
  ts.forEachChild(node, (child) => {
    if (ts.isBlock(child) || ts.isExpression(child)) return;
    const isMember = ts.isTypeElement(child) || ts.isClassElement(child);
    let step = "";
    if (isMember && child.name) step = `.${child.name.getText()}`;
    // Members of a union or an intersection have no name: their position identifies them.
    else if (ts.isTypeNode(child)) step = `#${position++}`;
    collect(child, path + step, comments);
  });
}

function docCommentOf(node: ts.Node): string {
  // A variable's doc comment belongs to its whole statement.
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return (
    ts
      .getJSDocCommentsAndTags(owner)
      .filter(ts.isJSDoc)
      // TypeScript also finds the comment of the parent.
      .filter((comment) => comment.parent === owner)
      .map((comment) => comment.getText().replace(/[\s*/]+/g, " "))
      .join("\n")
      .trim()
  );
}
