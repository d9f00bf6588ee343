// Lists of names that the generator keeps, compared with the client that they describe.
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { callOptions } from "../../scripts/generate/names.js";
import { nameOperations } from "../../spec/rules/method-name/name.js";
import { OnePay } from "../../src/index.js";

test("each option of a call is a call option of the generator", () => {
  const file = join(root, "src/types.ts");
  const program = ts.createProgram([file], { strict: true, target: ts.ScriptTarget.ES2022 });
  const source = program.getSourceFile(file);
  const declaration = source?.statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === "IdempotentRequestOptions",
  );
  if (!declaration) throw new Error("src/types.ts has no interface IdempotentRequestOptions.");
  const options = program.getTypeChecker().getTypeAtLocation(declaration).getProperties();
  expect(options.length).toBeGreaterThan(5);
  expect(callOptions).toEqual(expect.arrayContaining(options.map(({ name }) => name)));
});

test("no tag may replace a member of the client", () => {
  const client = new OnePay({ apiKey: "sk_test_example" });
  const resources = ["customers", "customerSessions"];
  const members = [...Object.getOwnPropertyNames(OnePay.prototype), ...Object.keys(client)];
  for (const member of members.filter((name) => !resources.includes(name))) {
    const [name] = nameOperations([{ operationId: "getThing", tags: [member] }]);
    expect(name, member).toHaveProperty("problem");
  }
});
