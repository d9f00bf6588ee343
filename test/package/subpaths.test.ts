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

/** The program with `require`, or with `import`. */
const loadedBy = (load: (name: string) => string): string =>
  program.replace("SCHEMAS", load("onepay-client/schemas")).replace("DRIFT", load("onepay-client/drift"));
const required = loadedBy((name) => `require("${name}")`);
const imported = loadedBy((name) => `await import("${name}")`);
const inWorker = `
  const { Worker } = require("node:worker_threads");
  new Worker(${JSON.stringify(required)}, { eval: true });
`;

test.each([
  ["with require", ["-e", required]],
  ["with import", ["--input-type=module", "-e", imported]],
  ["in a worker", ["-e", inWorker]],
])("the schemas and the drift check work without eval, %s", async (_, args) => {
  const printed = await run(process.execPath, ["--disallow-code-generation-from-strings", ...args], { cwd });
  expect(lines(printed)).toEqual(expected);
});
