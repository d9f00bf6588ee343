import { expect, test } from "vitest";
import { compare } from "../../scripts/evidence/compare.js";
import { readRecording } from "../../scripts/evidence/recording.js";
import { comparisonText, stateOf } from "../../scripts/evidence/report.js";
import { openSpec } from "../../scripts/evidence/spec.js";
import { createRequest, customer, entry, harOf, id, server, tempFile } from "./helpers.js";

const transaction = { id, type: "deposit", amount: 5000, label: "$5.000", confirmed: true };
const created = (body: object, status = 422, response: unknown = {}) =>
  entry("POST", "/customers", status, response, { headers: { "x-idempotency": "customer-001" }, body });
const balance = (value: unknown) =>
  entry("GET", `/customers/${id}/balance`, 200, { id, balance: value, label: "$100.000" });

const entries = [
  // As on OnePay's page.
  created(createRequest, 201, customer),
  balance(100000),
  balance("100000"),
  balance("200000"),
  entry("GET", `/customers/${id}`, 200, { ...customer, email: 12345678 }),
  entry("DELETE", `/customers/${id}`, 204, '{"deleted":true}'),
  entry("POST", `/customers/${id}/transactions`, 200, transaction, {
    body: { amount: 5000, concept: "x", origin: "y" },
  }),
  entry("GET", `/customers/${id}/transactions`, 200, {
    data: [transaction, { ...transaction, type: undefined }, { ...transaction, type: undefined }],
  }),
  entry("GET", `/customers/${id}/cards?page=1`, 200, []),
  entry("GET", "/customers?page=1&sort=created_at", 200, { data: [], current_page: 1, from: null, to: 1 }),
  created({ ...createRequest, email: "nobody" }),
  created({ ...createRequest, phone: "300", origin: "y" }),
  // The other mistake is a field that is absent.
  created({ ...createRequest, phone: "300", last_name: undefined }),
  entry("GET", "/customers?page=0", 200, { data: [] }),
  entry("GET", "/orders/31", 200, {}),
  entry("GET", "/script.js", 200, "", { base: "https://cdn.example.com" }),
  entry("GET", `/customers/${id}/accounts`, 200, [], { type: "text/html" }),
];
const recording = await readRecording(await tempFile("traffic.har", harOf(...entries)), [server]);
const comparison = compare(openSpec(), [recording], [server]);

function find(operation: string, name: string, kind?: string) {
  const found = comparison.statements.find(
    (each) => each.operations.includes(operation) && each.name === name && (kind ?? each.kind) === each.kind,
  );
  if (!found) throw new Error(`There is no statement ${name} about ${operation}.`);
  return found;
}

test.each([
  ["an operation", "getCustomerBalance", "getCustomerBalance", 3],
  ["a field of a response", "getCustomerBalance", "Balance.label", 3],
  ["an assumed status", "createCustomer", "201", 1],
  [
    "a constraint if a rejected request breaks nothing else",
    "createCustomer",
    "NaturalPerson.email: format",
    1,
  ],
  ["no constraint of several broken ones", "createCustomer", "NaturalPerson: additionalProperties", 0],
  ["no constraint if a field is absent too", "createCustomer", "NaturalPerson.phone: pattern", 0],
  ["a query parameter whose value the response repeats", "listCustomers", "page", 1],
  ["no query parameter that the response doesn't show", "listCustomers", "sort", 0],
  ["an assumption about null if the value is null", "listCustomers", "PageEnvelope.from", 1],
  ["no assumption about null if the value isn't null", "listCustomers", "PageEnvelope.to", 0],
  ["the form of a list that the response has", "listCustomerCards", "CardPage as array", 1],
  ["no field of another form", "listCustomerCards", "CardPage.data", 0],
])("sees %s", (_, operation, name, seen) => {
  expect(find(operation, name, name === "page" ? "parameter" : undefined).seen).toBe(seen);
});

test.each([
  [
    "a value of another type",
    "getCustomerBalance",
    "Balance.balance",
    "/response/body/balance",
    "string",
    3,
    2,
  ],
  [
    "an absent field",
    "listCustomerTransactions",
    "Transaction.type",
    "/response/body/data/1/type",
    "absent",
    8,
    2,
  ],
  ["another success status", "topUpCustomer", "201", "/response/status", "status 200", 7, 1],
  [
    ...["a broken constraint of an accepted body", "topUpCustomer", "TopUp: additionalProperties"],
    ...["/request/body/origin", "a field that isn't described", 7, 1],
  ],
  [
    ...["a broken constraint of an accepted parameter", "listCustomers", "page: minimum"],
    ...["/request/query/page", "integer that breaks minimum", 14, 1],
  ],
  ["a body that isn't described", "deleteCustomer", "204", "/response/body", "a body", 6, 1],
  ["another media type", "listCustomerAccounts", "200", "/response/body", "the media type text/html", 17, 1],
] as [string, string, string, string, string, number, number][])(
  "is contradicted by %s",
  (_, operation, name, pointer, seen, first, times) => {
    const found = find(operation, name);
    expect(found.contradictions).toMatchObject([{ pointer, seen, entry: first, times }]);
    expect(stateOf(found)).toBe("contradicted");
  },
);

test("a contradicted statement isn't seen in the same exchange, and has its file and line", () => {
  const found = find("getCustomerBalance", "Balance.balance");
  expect(found).toMatchObject({ file: "spec/components/schemas/Balance.yaml", seen: 1 });
  expect(found.line).toBeGreaterThan(1);
});

test("names the entries that the document doesn't describe, and counts other servers", () => {
  expect(comparison.undocumented).toMatchObject([{ entry: 15, method: "GET" }]);
  expect(comparison.otherServers).toBe(1);
});

test("prints places and types, but no value of the recording", () => {
  const text = comparisonText(comparison);
  expect(text).toContain(
    "contradicted  documented  response field Customer.email  spec/components/schemas/Customer.yaml:",
  );
  expect(text).toContain("/response/body/email: integer, 1×, first in entry 5");
  for (const value of ["12345678", "ana.ejemplo", "000000101", "Ejemplo", "100000", "nobody", id])
    expect(text).not.toContain(value);
});
