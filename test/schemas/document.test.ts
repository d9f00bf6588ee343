// Derived from the document and from the locked cases of the contract: nothing here names a field.
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { requestOf } from "../../scripts/contract/case.js";
import { readLock } from "../../scripts/contract/lock.js";
import { createSchemaValidator } from "../../scripts/contract/schemas.js";
import { createValidator } from "../../scripts/contract/validator.js";
import { bundleOfAll } from "../../scripts/generate/document.js";
import type { Example, MediaTypeObject, RequestBody, Schema } from "../../scripts/openapi/document.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { operationsOf, readOperations } from "../../scripts/openapi/operations.js";
import { child, resolve } from "../../scripts/openapi/references.js";
import { arbitraryOf } from "../contract/arbitrary.js";
import { issuesOf, pathsOf, schemaOf, schemas } from "./schemas.js";

type Node = Schema & { "x-message"?: string; "x-es"?: { "x-message"?: string } };

const document = await bundleOfAll(join(root, "spec/openapi.yaml"));
const contracts = await readLock();
const contractDocument = await readDocument();
const validator = createValidator(contractDocument);
const validateSchema = createSchemaValidator(contractDocument);

const bodies = [...operationsOf(document)].flatMap(({ operation }) => {
  if (!operation.requestBody) return [];
  const { content } = resolve<RequestBody>(document, operation.requestBody);
  return [{ id: operation.operationId ?? "", media: content["application/json"] as MediaTypeObject }];
});

const examples = bodies.flatMap(({ id, media }) =>
  Object.entries(media.examples ?? {}).map(
    ([name, example]) => [id, name, resolve<Example>(document, example).value] as const,
  ),
);

const counterExamples = bodies.flatMap((body) =>
  Object.entries(body.media["x-counterexamples"] ?? {}).map(
    ([name, { value }]) => [body.id, name, body, value] as const,
  ),
);

/** The request cases with a JSON body. */
const cases = contracts.flatMap((contract) =>
  contract.cases.flatMap((each) => {
    const body = bodies.find(({ id }) => id === contract.operation);
    if (each.kind !== "request" || !body) return [];
    const request = requestOf(contract, each);
    if (request.raw !== undefined || request.body === undefined) return [];
    const isRejected = each.violations.some((violation) => violation.startsWith("body"));
    return [[each.id, body, request.body, isRejected] as const];
  }),
);

/** The schema that is meant for a value: the variant that its tag selects. */
function selectedSchema(schema: Schema, value: unknown): { schema: Schema } | { tag: string } {
  const { oneOf } = resolve<Schema>(document, schema);
  if (!oneOf) return { schema };
  const constants = oneOf.map((variant) => {
    const { properties = {} } = resolve<Schema>(document, variant);
    const [tag = "", field] = Object.entries(properties).find(([, property]) => "const" in property) ?? [];
    return { variant, tag, value: field?.const };
  });
  const selected = constants.find((each) => each.value === (value as Record<string, unknown>)[each.tag]);
  return selected ? { schema: selected.variant } : { tag: constants[0]?.tag ?? "" };
}

/** The paths that the contract's validator reports, in the selected variant. */
function expectedPaths({ media }: (typeof bodies)[number], value: unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [""];
  const selected = selectedSchema(media.schema as Schema, value);
  if ("tag" in selected) return [selected.tag];
  const violations = validateSchema(selected.schema.$ref ?? "", value, "body");
  const paths = violations.map((violation) => violation.split(" ")[0]?.slice("body.".length) ?? "");
  return [...new Set(paths)].sort();
}

/** The message of a field in the selected variant. A field that the document doesn't describe has none. */
function messageOf(schema: Schema, path: string, value: unknown, language: "en" | "es"): string | undefined {
  const selected = selectedSchema(schema, value);
  if ("tag" in selected) return undefined;
  const field = resolve<Node>(document, selected.schema).properties?.[path] as Node | undefined;
  return language === "en" ? field?.["x-message"] : field?.["x-es"]?.["x-message"];
}

test("each operation with a request body has a schema, named after it", () => {
  expect(Object.keys(schemas).sort()).toEqual(bodies.map(({ id }) => id).sort());
});

describe("each example of the document is valid", () => {
  test.each(examples)("%s %s", (id, _name, value) => {
    expect(schemaOf(id)["~standard"].validate(value)).toEqual({ value });
  });
});

describe("each counter-example of the document is rejected, with its path and message", () => {
  test.each(counterExamples)("%s %s", (id, _name, body, value) => {
    const paths = expectedPaths(body, value);
    expect(paths).not.toEqual([]);
    for (const [language, unknown] of [
      ["en", "Remove this field: it isn't part of the request."],
      ["es", "Elimina este campo: no hace parte de la solicitud."],
    ] as const) {
      const expected = paths.map((path) => ({
        path,
        message: messageOf(body.media.schema as Schema, path, value, language) ?? unknown,
      }));
      expect(issuesOf(schemaOf(id).in(language), value)).toEqual(expected);
    }
  });
});

describe("agrees with the contract's validator on the locked case", () => {
  test.each(cases)("%s", (_id, body, value, isRejected) => {
    const paths = pathsOf(schemaOf(body.id), value);
    expect(paths.length > 0).toBe(isRejected);
    if (isRejected) expect(paths).toEqual(expectedPaths(body, value));
  });
});

describe("agrees with the contract's validator on any body", () => {
  const operations = readOperations(contractDocument).filter(({ body }) => body);
  test.each(operations.map((operation) => [operation.id, operation] as const))("%s", (id, { body }) => {
    const contract = contracts.find(({ operation }) => operation === id);
    const [request] = Object.values(contract?.requests ?? {});
    if (!body || !request) throw new Error(`${id} has no body or no locked request.`);
    const schema = child<Schema>(body, "content", "application/json", "schema");
    const valid = arbitraryOf(contractDocument, schema as never) as fc.Arbitrary<Record<string, unknown>>;
    const change = fc.record({
      field: fc.oneof(fc.string(), fc.nat({ max: 9 })),
      value: fc.option(fc.jsonValue(), { nil: undefined }),
    });
    const changed = fc.tuple(valid, fc.option(change)).map(([value, edit]) => {
      if (!edit) return value;
      const { field } = edit;
      const name = typeof field === "number" ? (Object.keys(value)[field] ?? "none") : field;
      return JSON.parse(JSON.stringify({ ...value, [name]: edit.value })) as unknown;
    });
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: changed }, fc.jsonValue()), (value) => {
        const violations = validator.request({ ...request, body: value });
        const { issues } = schemaOf(id)["~standard"].validate(value);
        expect(issues === undefined).toBe(!violations.some((each) => each.startsWith("body")));
      }),
      { numRuns: 300 },
    );
  });
});
