// The subpath exports of the packed package in CommonJS, and without the permission to compile strings.
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { run } from "./child.js";

const cwd = join(inject("consumers"), "node-cjs");
const lines = (text: string): string[] => text.trim().split("\n");

const program = `
  const { createCustomer, fromForm } = SCHEMAS;
  const { driftCheck } = DRIFT;
  const value = fromForm(createCustomer, new URLSearchParams("user_type=company&document_type=CC"));
  const { issues } = createCustomer["~standard"].validate(value);
  console.log(issues.find(({ path }) => path[0] === "document_type").message);
  const body = { data: 5 };
  console.log(JSON.stringify(driftCheck()({ operation: "listCustomers", status: 200, body })));
`;
const expected = [
  "Choose NIT, the only document type of a company.",
  '[{"pointer":"/data","keyword":"type","expected":"array"}]',
];

test("require of the schemas and of the drift check works without eval", async () => {
  const code = program
    .replace("SCHEMAS", 'require("onepay-client/schemas")')
    .replace("DRIFT", 'require("onepay-client/drift")');
  const args = ["--disallow-code-generation-from-strings", "-e", code];
  expect(lines(await run(process.execPath, args, { cwd }))).toEqual(expected);
});

test("import of the schemas and of the drift check works without eval", async () => {
  const code = program
    .replace("SCHEMAS", 'await import("onepay-client/schemas")')
    .replace("DRIFT", 'await import("onepay-client/drift")');
  const args = ["--disallow-code-generation-from-strings", "--input-type=module", "-e", code];
  expect(lines(await run(process.execPath, args, { cwd }))).toEqual(expected);
});

test("the schemas work in a worker without eval", async () => {
  const code = `
    const { Worker } = require("node:worker_threads");
    const code = ${JSON.stringify(
      program
        .replace("SCHEMAS", 'require("onepay-client/schemas")')
        .replace("DRIFT", 'require("onepay-client/drift")'),
    )};
    new Worker(code, { eval: true });
  `;
  const args = ["--disallow-code-generation-from-strings", "-e", code];
  expect(lines(await run(process.execPath, args, { cwd }))).toEqual(expected);
});
