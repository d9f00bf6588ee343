import { describe, expect, test } from "vitest";
import { validatorDifferences } from "../../scripts/contract/compare.js";
import { derive } from "../../scripts/contract/derive.js";
import { difference, readLock, summary } from "../../scripts/contract/lock.js";
import { directPrism } from "../../scripts/contract/prism.js";
import { createValidator } from "../../scripts/contract/validator.js";
import { mutate } from "../../scripts/mutation/operators.js";
import { prismDifferences, withOnlyPathOf } from "../../scripts/mutation/run.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { valueAt } from "../../scripts/openapi/pointers.js";

const document = await readDocument();
const contracts = await readLock();

/** The cases that fail after a change of the document, and why. */
async function failing(operation: string, pointer: string, value?: unknown) {
  const change = value === undefined ? { pointer } : { pointer, value };
  const changed = mutate(document, { operator: "change", operations: [], ...change });
  const contract = contracts.find((each) => each.operation === operation);
  if (!contract) throw new Error(`${operation} has no lock file.`);
  const path = withOnlyPathOf(changed, contract);
  const [prism, validator] = [await directPrism(path), createValidator(path)];
  const failures: Record<string, string[]> = {};
  for (const each of contract.cases) {
    const differences = [
      ...(await prismDifferences(prism, contract, each)),
      ...validatorDifferences(validator, contract, each),
    ];
    if (differences.length > 0) failures[each.id.replace(`${operation} › `, "")] = differences;
  }
  return { failures, summary: () => summary(difference(contracts, derive(changed))) };
}

const person = "#/components/schemas/NaturalPerson";

describe("the cases about a change in the document fail", () => {
  test("if phone becomes optional", async () => {
    const index = (valueAt(document, `${person}/required`) as string[]).indexOf("phone");
    const { failures, summary } = await failing("createCustomer", `${person}/required/${index}`);
    expect(failures["body(NaturalPerson) › phone required"]).toEqual([
      "status 201 instead of 422",
      'the request should violate "body.phone required", but it\'s accepted',
      'the request should violate "body.phone required", but it\'s accepted',
    ]);
    expect(summary()).toContain("- createCustomer › body(NaturalPerson) › phone required");
    expect(summary()).toContain("+ createCustomer › body(NaturalPerson) › phone alone");
  });

  test("if the format of email is removed", async () => {
    const { failures, summary } = await failing("createCustomer", `${person}/properties/email/format`);
    expect(Object.keys(failures)).toEqual(["body(NaturalPerson).email › format"]);
    expect(summary()).toContain("- createCustomer › body(NaturalPerson).email › format");
  });

  test("if a document type is removed", async () => {
    const { failures } = await failing("createCustomer", `${person}/properties/document_type/enum`, [
      "CC",
      "CE",
    ]);
    expect(Object.keys(failures)).toContain('body(NaturalPerson).document_type › enum "PASSPORT"');
  });

  test("if the body allows unknown fields", async () => {
    const { failures } = await failing("createCustomer", `${person}/additionalProperties`);
    expect(Object.keys(failures)).toEqual(["body(NaturalPerson) › additionalProperties"]);
  });

  test("if the security is removed", async () => {
    const { failures } = await failing("getCustomer", "#/paths/~1customers~1{customer_id}/get/security", []);
    expect(Object.keys(failures)).toEqual([
      "security › without secretKey",
      "security › secretKey by another scheme",
    ]);
  });

  test("if a documented status is removed", async () => {
    const { failures } = await failing("getCustomer", "#/paths/~1customers~1{customer_id}/get/responses/404");
    expect(Object.keys(failures)).toEqual(
      expect.arrayContaining(["returns 404 not-found", "upstream 404 not-found"]),
    );
    expect(Object.keys(failures).every((id) => id.includes("404"))).toBe(true);
  });

  test("if an example changes", async () => {
    const pointer = "#/components/examples/customer-natural-person/value/first_name";
    const { failures } = await failing("createCustomer", pointer, "Jane");
    expect(Object.keys(failures)).toEqual(["returns 201 natural-person"]);
    expect(failures["returns 201 natural-person"]?.[0]).toContain("another body");
  });

  test("if fields of a response become optional", async () => {
    const required = valueAt(document, "#/components/schemas/Customer/required") as string[];
    const { failures, summary } = await failing(
      "listCustomers",
      "#/components/schemas/Customer/required",
      [],
    );
    expect(Object.keys(failures)).toEqual(
      required.map((name) => expect.stringMatching(new RegExp(`^upstream 200 › .*${name} required$`))),
    );
    expect(summary()).toContain(" required");
  });
});
