// Adds a path to a copy of the document, and runs the whole contract suite on it. Nothing else is written for it: no
// lock file, no published sample, no code.
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { uncovered } from "../../scripts/contract/coverage.js";
import { derive } from "../../scripts/contract/derive.js";
import { difference } from "../../scripts/contract/lock.js";
import { operationsWithoutSample } from "../../scripts/evidence/samples.js";
import { generate, write } from "../../scripts/generate/files.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { createTempFolder } from "../../scripts/temp.js";
import {
  type CreateClient,
  type Operations,
  testCases,
  testClientRequests,
  testClientResponses,
} from "./suites.js";

const operationId = "createCustomerNote";
const evidence = { basis: "assumed", source: "closed-body" };
const notes = {
  parameters: [
    {
      name: "customer_id",
      in: "path",
      required: true,
      schema: { type: "string", format: "uuid" },
      example: "9da58912-101d-46f8-86c9-20a52119c0bf",
    },
    { name: "lang", in: "query", schema: { type: "string", enum: ["es", "en"] } },
  ],
  post: {
    operationId,
    summary: "Create a note",
    tags: ["Customers"],
    "x-evidence": evidence,
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: {
            type: "object",
            additionalProperties: false,
            required: ["text"],
            properties: { text: { type: "string", maxLength: 80, examples: ["Call back"] } },
          },
          examples: { call: { value: { text: "Call back" } } },
        },
      },
    },
    responses: {
      "201": {
        description: "Noted",
        content: {
          "application/json": {
            schema: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
            examples: { noted: { value: { id: "note-1" } } },
          },
        },
      },
      "422": { $ref: "#/components/responses/UnprocessableContent" },
    },
  },
};

const before = await readDocument();
const document = structuredClone(before);
Object.assign(document.paths as object, { "/customers/{customer_id}/notes": notes });
const all = derive(document);
const contracts = all.filter(({ operation }) => operation === operationId);

// In the checkout, so that the copy of src/ finds the packages that it imports.
const clientFolder = join(root, "dist/new-operation-client");
const temp = await createTempFolder("new-operation");
const file = join(temp.path, "openapi.json");
await writeFile(file, JSON.stringify(document));
await write(
  join(clientFolder, "generated"),
  (await generate(file, join(clientFolder, "generated"), "en")).files,
);
await cp(join(root, "src"), join(clientFolder, "src"), { recursive: true });
const { OnePay, createFetchClient } = await import(join(clientFolder, "src/index.ts"));
const { operations } = (await import(join(clientFolder, "generated/operations.ts"))) as {
  operations: Operations;
};
afterAll(() => temp.remove());

test("a new operation adds cases and changes none", () => {
  const { added, removed, changed } = difference(derive(before), all);
  expect([removed, changed]).toEqual([[], []]);
  expect(added.every((id) => id.startsWith(`${operationId} › `))).toBe(true);
  expect(added).toEqual(
    expect.arrayContaining([
      "createCustomerNote › example call",
      "createCustomerNote › body.text › maxLength",
      "createCustomerNote › body › text required",
      "createCustomerNote › body › additionalProperties",
      "createCustomerNote › path.customer_id › format",
      "createCustomerNote › query.lang › enum",
      "createCustomerNote › security › without secretKey",
      "createCustomerNote › returns 201 noted",
      "createCustomerNote › upstream 201 › body.id › type, number",
      "createCustomerNote › returns 422 field-map",
    ]),
  );
});

test("every part of a new operation has a case", () => {
  expect(uncovered(document, all)).toEqual([]);
});

test("npm run evidence lists a new operation as one without a published sample", async () => {
  expect(await operationsWithoutSample(document)).toContain(operationId);
});

const createClient: CreateClient = (options) => new OnePay(options);
testCases(document, contracts, ["request", "example", "response"]);
testClientResponses(contracts, operations, createClient);
const clients = { createClient, createFetchClient };
await testClientRequests(document, operations, clients, (id) => id === operationId);
