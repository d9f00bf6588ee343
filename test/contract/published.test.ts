// Samples that OnePay publishes and that integrators read. They check the document independently: nothing in them is
// derived from it. A file is named `operationId/side.what.json`. The side is `request` or a status.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { type PublishedSample, publishedSamples } from "../../scripts/contract/published.js";
import type { RequestBody, ResponseObject } from "../../scripts/openapi/document.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { operationsOf } from "../../scripts/openapi/operations.js";
import { resolve } from "../../scripts/openapi/references.js";

const document = await readDocument();
const samples = await publishedSamples();

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema(document, "openapi");

function isValid({ file, operationId, side }: PublishedSample): boolean {
  const found = [...operationsOf(document)].find(({ operation }) => operation.operationId === operationId);
  if (!found) throw new Error(`${file}: the document has no operation ${operationId}.`);
  const { requestBody, responses = {} } = found.operation;
  const part = side === "request" ? requestBody : responses[side];
  if (!part) throw new Error(`${file}: ${operationId} has no ${side}.`);
  const { content } = resolve<RequestBody | ResponseObject>(document, part);
  const schema = content?.["application/json"]?.schema;
  if (!schema) throw new Error(`${file}: the ${side} of ${operationId} has no JSON body.`);
  const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"openapi#/'));
  return ajv.validate(absolute, JSON.parse(readFileSync(file, "utf8")));
}

describe("the document accepts the published sample", () => {
  test.each(samples.filter(({ isRejected }) => !isRejected))("$name", (sample) => {
    expect([isValid(sample), ajv.errorsText()]).toEqual([true, "No errors"]);
  });
});

describe("the document rejects the mistake", () => {
  test.each(samples.filter(({ isRejected }) => isRejected))("$name", (sample) => {
    expect(isValid(sample)).toBe(false);
  });
});
