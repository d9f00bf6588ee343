import { expect, test } from "vitest";
import type { Contract } from "../../scripts/contract/case.js";
import { prismDifferences, validatorDifferences } from "../../scripts/contract/compare.js";
import { derive } from "../../scripts/contract/derive.js";
import { difference, readLock, summary } from "../../scripts/contract/lock.js";
import { directPrism } from "../../scripts/contract/prism.js";
import { createValidator } from "../../scripts/contract/validator.js";
import { mutate } from "../../scripts/mutation/operators.js";
import { withOnlyPathOf } from "../../scripts/mutation/run.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { valueAt } from "../../scripts/openapi/pointers.js";

const document = await readDocument();
const contracts = await readLock();

interface Change {
  operation: string;
  pointer: string;
  /** The new value. Absent if the part is removed. */
  value?: unknown;
}

/** The cases that fail after a change of the document, and why. */
async function failuresAfter({ operation, ...change }: Change): Promise<Record<string, string[]>> {
  const contract = contracts.find((each) => each.operation === operation) as Contract;
  const changed = withOnlyPathOf(mutate(document, change), contract);
  const [prism, validator] = [await directPrism(changed), createValidator(changed)];
  const failures: Record<string, string[]> = {};
  for (const each of contract.cases) {
    const differences = [
      ...(await prismDifferences(prism, contract, each)),
      ...validatorDifferences(validator, contract, each),
    ];
    if (differences.length > 0) failures[each.id.replace(`${operation} › `, "")] = differences;
  }
  return failures;
}

const person = "#/components/schemas/NaturalPerson";
const getCustomer = "#/paths/~1customers~1{customer_id}/get";
const requiredOf = (schema: string) =>
  valueAt(document, `#/components/schemas/${schema}/required`) as string[];
const idsOf = (operation: string) =>
  contracts
    .filter((contract) => contract.operation === operation)
    .flatMap(({ cases }) => cases.map(({ id }) => id.replace(`${operation} › `, "")));
const phone: Change = {
  operation: "createCustomer",
  pointer: `${person}/required/${requiredOf("NaturalPerson").indexOf("phone")}`,
};

test.each<[string, Change, string[]]>([
  [
    "the format of email is removed",
    { operation: "createCustomer", pointer: `${person}/properties/email/format` },
    ["body(NaturalPerson).email › format"],
  ],
  [
    "a document type is removed",
    { operation: "createCustomer", pointer: `${person}/properties/document_type/enum`, value: ["CC", "CE"] },
    ["example traveller", 'body(NaturalPerson).document_type › enum "PASSPORT"'],
  ],
  [
    "the body allows unknown fields",
    { operation: "createCustomer", pointer: `${person}/additionalProperties` },
    ["body(NaturalPerson) › additionalProperties"],
  ],
  [
    "the security is removed",
    { operation: "getCustomer", pointer: `${getCustomer}/security`, value: [] },
    ["security › without secretKey", "security › secretKey by another scheme"],
  ],
  [
    "an example changes",
    {
      operation: "createCustomer",
      pointer: "#/components/examples/customer-natural-person/value/first_name",
      value: "Jane",
    },
    ["returns 201 natural-person"],
  ],
  [
    "fields of a response become optional",
    { operation: "listCustomers", pointer: "#/components/schemas/Customer/required", value: [] },
    requiredOf("Customer").map((name) =>
      expect.stringMatching(new RegExp(`^upstream 200 › .*${name} required$`)),
    ),
  ],
  [
    "a documented status is removed",
    { operation: "getCustomer", pointer: `${getCustomer}/responses/404` },
    idsOf("getCustomer").filter((id) => id.includes(" 404 ")),
  ],
])("only the cases about the change fail if %s", async (_what, change, expected) => {
  expect(Object.keys(await failuresAfter(change))).toEqual(expected);
});

test("the cases about phone fail with the reason if phone becomes optional", async () => {
  expect((await failuresAfter(phone))["body(NaturalPerson) › phone required"]).toEqual([
    "status 201 instead of 422",
    'the request should violate "body.phone required", but it\'s accepted',
    'the request should violate "body.phone required", but it\'s accepted',
  ]);
});

test("the summary of the lock shows that phone becomes optional", () => {
  const text = summary(difference(contracts, derive(mutate(document, phone))));
  expect(text).toContain("- createCustomer › body(NaturalPerson) › phone required");
  expect(text).toContain("+ createCustomer › body(NaturalPerson) › phone alone");
});
