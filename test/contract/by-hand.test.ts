import { describe, expect, test } from "vitest";
import { ajvJudge } from "../../scripts/contract/ajv.js";
import { derive } from "../../scripts/contract/derive.js";
import { at } from "../../scripts/contract/document.js";
import { difference, readDocument, readLock, summary } from "../../scripts/contract/lock.js";
import { directPrism } from "../../scripts/contract/prism.js";
import { secondOpinion } from "../../scripts/contract/verdict.js";
import { onlyPathOf, prismFaults } from "../../scripts/mutation/hunt.js";
import { mutate } from "../../scripts/mutation/operators.js";

// What somebody sees who changes one field of generated/openapi.json by hand: the cases that fail are those about it.

const document = await readDocument();
const contracts = await readLock();

/** The cases that fail once the document is changed at a pointer, and why. */
async function failing(operation: string, pointer: string, value?: unknown) {
  const change = value === undefined ? { pointer } : { pointer, value };
  const broken = mutate(document, { operator: "by hand", operations: [], ...change });
  const contract = contracts.find((each) => each.operation === operation);
  if (!contract) throw new Error(`${operation} is not locked.`);
  const alone = onlyPathOf(broken, contract);
  const [prism, ajv] = [await directPrism(alone), ajvJudge(alone)];
  const failures: Record<string, string[]> = {};
  for (const each of contract.cases) {
    const faults = [...(await prismFaults(prism, contract, each)), ...secondOpinion(ajv, contract, each)];
    if (faults.length > 0) failures[each.id.replace(`${operation} › `, "")] = faults;
  }
  return { failures, summary: () => summary(difference(contracts, derive(broken))) };
}

const person = "#/components/schemas/NaturalPerson";

describe("a field of the document changed by hand fails the cases about it", () => {
  test("an optional phone", async () => {
    const index = (at(document, `${person}/required`) as string[]).indexOf("phone");
    const { failures, summary } = await failing("createCustomer", `${person}/required/${index}`);
    expect(failures["body(NaturalPerson) › phone required"]).toEqual([
      "status 201 instead of 422",
      'the request should break "body.phone required" and does not',
      'the request should break "body.phone required" and does not',
    ]);
    expect(summary()).toContain("- createCustomer › body(NaturalPerson) › phone required");
    expect(summary()).toContain("+ createCustomer › body(NaturalPerson) › phone alone");
  });

  test("an e-mail address of any form", async () => {
    const { failures, summary } = await failing("createCustomer", `${person}/properties/email/format`);
    expect(Object.keys(failures)).toEqual(["body(NaturalPerson).email › format"]);
    expect(summary()).toContain("- createCustomer › body(NaturalPerson).email › format");
  });

  test("one kind of document less", async () => {
    const { failures } = await failing("createCustomer", `${person}/properties/document_type/enum`, [
      "CC",
      "CE",
    ]);
    expect(Object.keys(failures)).toContain('body(NaturalPerson).document_type › enum "PASSPORT"');
  });

  test("an open body", async () => {
    const { failures } = await failing("createCustomer", `${person}/additionalProperties`);
    expect(Object.keys(failures)).toEqual(["body(NaturalPerson) › additionalProperties"]);
  });

  test("no security", async () => {
    const { failures } = await failing("getCustomer", "#/paths/~1customers~1{customer_id}/get/security", []);
    expect(Object.keys(failures)).toEqual([
      "security › without secretKey",
      "security › secretKey by another scheme",
    ]);
  });

  test("a documented status that is gone", async () => {
    const { failures } = await failing("getCustomer", "#/paths/~1customers~1{customer_id}/get/responses/404");
    expect(Object.keys(failures)).toEqual(
      expect.arrayContaining(["answers 404 not-found", "upstream 404 not-found"]),
    );
    expect(Object.keys(failures).every((id) => id.includes("404"))).toBe(true);
  });

  test("another text in an example", async () => {
    const pointer = "#/components/examples/customer-natural-person/value/first_name";
    const { failures } = await failing("createCustomer", pointer, "Jane");
    expect(Object.keys(failures)).toEqual(["answers 201 natural-person"]);
    expect(failures["answers 201 natural-person"]?.[0]).toContain("another body");
  });

  test("a field of an answer that is no longer promised", async () => {
    const required = at(document, "#/components/schemas/Customer/required") as string[];
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
