import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import {
  type Document,
  operationsOf,
  type RequestBody,
  type ResponseObject,
  resolve,
} from "../../scripts/generate/openapi.js";

// What OnePay publishes and integrators read, written down apart from the document: a judge that the document did not
// make. A file is called `operationId/side.what.json`, the side being `request` or a status.
const folder = fileURLToPath(new URL("published/", import.meta.url));
const generated = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));
const document = JSON.parse(readFileSync(generated, "utf8")) as Document;

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema(document, "openapi");

interface Sample {
  name: string;
  refused: boolean;
  operationId: string;
  side: string;
}

const samples = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json"))
  .sort()
  .map((name): Sample => {
    const [, refused, operationId = "", side = ""] = /^(refused\/)?(\w+)\/(\w+)\./.exec(name) ?? [];
    return { name, refused: refused !== undefined, operationId, side };
  });

function validates({ name, operationId, side }: Sample): boolean {
  const found = [...operationsOf(document)].find(({ operation }) => operation.operationId === operationId);
  if (!found) throw new Error(`${name}: the document has no operation ${operationId}.`);
  const { requestBody, responses = {} } = found.operation;
  const holder = side === "request" ? requestBody : responses[side];
  if (!holder) throw new Error(`${name}: ${operationId} has no ${side}.`);
  const { content } = resolve<RequestBody | ResponseObject>(document, holder);
  const schema = content?.["application/json"]?.schema;
  if (!schema) throw new Error(`${name}: ${side} of ${operationId} has no JSON body.`);
  const here = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"openapi#/'));
  return ajv.validate(here, JSON.parse(readFileSync(`${folder}${name}`, "utf8")));
}

describe("what OnePay and its integrators publish is valid", () => {
  test.each(samples.filter(({ refused }) => !refused))("$name", (sample) => {
    expect([validates(sample), ajv.errorsText()]).toEqual([true, "No errors"]);
  });

  test("every operation with a body has a sample", () => {
    const sampled = new Set(samples.map(({ operationId }) => operationId));
    const ids = [...operationsOf(document)].map(({ operation }) => operation.operationId ?? "");
    // An answer without a body leaves nothing to judge.
    expect(ids.filter((id) => !sampled.has(id))).toEqual(["deleteCustomer"]);
  });
});

describe("what would be a mistake is refused", () => {
  test.each(samples.filter(({ refused }) => refused))("$name", (sample) => {
    expect(validates(sample)).toBe(false);
  });
});
