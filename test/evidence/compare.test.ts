import { beforeAll, describe, expect, test } from "vitest";
import { type Comparison, compare } from "../../scripts/evidence/compare.js";
import { readRecording } from "../../scripts/evidence/recording.js";
import { comparisonText, stateOf } from "../../scripts/evidence/report.js";
import { openSpec } from "../../scripts/evidence/spec.js";
import { createRequest, customer, entry, harOf, id, server, tempFile } from "./helpers.js";

const key = { "x-idempotency": "customer-001" };

async function comparisonOf(...entries: unknown[]): Promise<Comparison> {
  const file = await tempFile("traffic.har", harOf(...entries));
  return compare(openSpec(), [await readRecording(file, [server])], [server]);
}

const find = ({ statements }: Comparison, operation: string, name: string, kind?: string) => {
  const found = statements.find(
    (each) => each.operations.includes(operation) && each.name === name && (kind ?? each.kind) === each.kind,
  );
  if (!found) throw new Error(`There is no statement ${name} about ${operation}.`);
  return found;
};

describe("a recording that confirms and contradicts", () => {
  let comparison: Comparison;
  const transaction = { id, type: "deposit", amount: 5000, label: "$5.000", confirmed: true };
  beforeAll(async () => {
    comparison = await comparisonOf(
      // As on OnePay's page.
      entry("POST", "/customers", 201, customer, {
        body: createRequest,
        headers: { "x-idempotency": "customer-001" },
      }),
      entry("GET", `/customers/${id}/balance`, 200, { id, balance: 100000, label: "$100.000" }),
      entry("GET", `/customers/${id}/balance`, 200, { id, balance: "100000", label: "$100.000" }),
      entry("GET", `/customers/${id}/balance`, 200, { id, balance: "200000", label: "$200.000" }),
      entry("GET", `/customers/${id}`, 200, { ...customer, email: 12345678 }),
      entry("DELETE", `/customers/${id}`, 204, '{"deleted":true}'),
      entry("POST", `/customers/${id}/transactions`, 200, transaction, {
        body: { amount: 5000, concept: "x", origin: "y" },
      }),
      entry("GET", `/customers/${id}/transactions`, 200, {
        data: [{ ...transaction, type: undefined, created_at: "2025-01-31" }],
      }),
      entry("GET", `/customers/${id}/cards?page=1`, 200, []),
      entry("GET", "/customers?page=1&sort=created_at", 200, {
        data: [],
        current_page: 1,
        from: null,
        to: 1,
      }),
      entry("POST", "/customers", 422, {}, { headers: key, body: { ...createRequest, email: "nobody" } }),
      entry(
        "POST",
        "/customers",
        422,
        {},
        { headers: key, body: { ...createRequest, phone: "300", origin: "y" } },
      ),
      entry(
        "POST",
        "/customers",
        422,
        {},
        {
          headers: key,
          body: { ...createRequest, phone: "300", last_name: undefined },
        },
      ),
      entry("GET", "/customers?page=0", 200, { data: [] }),
      entry("GET", "/orders/31", 200, {}),
      entry("GET", "/script.js", 200, "", { base: "https://cdn.example.com" }),
    );
  });

  test("counts the exchanges that show a statement", () => {
    expect(find(comparison, "getCustomerBalance", "getCustomerBalance").seen).toBe(3);
    expect(find(comparison, "getCustomerBalance", "Balance.label").seen).toBe(3);
    expect(find(comparison, "createCustomer", "201")).toMatchObject({ basis: "assumed", seen: 1 });
  });

  test("contradicts a field whose value has another type, with the place of both", () => {
    const balance = find(comparison, "getCustomerBalance", "Balance.balance");
    expect(balance).toMatchObject({ file: "spec/components/schemas/Balance.yaml", seen: 1 });
    expect(balance.line).toBeGreaterThan(1);
    expect(balance.contradictions).toMatchObject([
      { entry: 3, pointer: "/response/body/balance", seen: "string", times: 2 },
    ]);
  });

  test("contradicts a required field that is absent", () => {
    expect(find(comparison, "listCustomerTransactions", "Transaction.type").contradictions).toMatchObject([
      { pointer: "/response/body/data/0/type", seen: "absent" },
    ]);
  });

  test("contradicts the documented success status if the server returns another one", () => {
    expect(find(comparison, "topUpCustomer", "201").contradictions).toMatchObject([
      { pointer: "/response/status", seen: "status 200" },
    ]);
  });

  test("contradicts a constraint if the server accepts a request that breaks it", () => {
    expect(find(comparison, "topUpCustomer", "TopUp: additionalProperties").contradictions).toMatchObject([
      { pointer: "/request/body/origin" },
    ]);
  });

  test("contradicts a constraint of a parameter that the server doesn't enforce", () => {
    expect(find(comparison, "listCustomers", "page: minimum").contradictions).toMatchObject([
      { pointer: "/request/query/page" },
    ]);
  });

  test("contradicts a response without a body that has one", () => {
    expect(find(comparison, "deleteCustomer", "204").contradictions).toMatchObject([{ seen: "a body" }]);
  });

  test("sees a constraint only if the rejected request breaks nothing else", () => {
    expect(find(comparison, "createCustomer", "NaturalPerson.email: format").seen).toBe(1);
    expect(find(comparison, "createCustomer", "NaturalPerson: additionalProperties").seen).toBe(0);
    // The only other mistake is a field that is absent.
    expect(find(comparison, "createCustomer", "NaturalPerson.phone: pattern").seen).toBe(0);
  });

  test("sees a query parameter only if the response repeats its value", () => {
    expect(find(comparison, "listCustomers", "page", "parameter").seen).toBe(1);
    expect(find(comparison, "listCustomers", "sort", "parameter").seen).toBe(0);
  });

  test("sees an assumption about null only if the value is null", () => {
    expect(find(comparison, "listCustomers", "PageEnvelope.from").seen).toBe(1);
    expect(find(comparison, "listCustomers", "PageEnvelope.to").seen).toBe(0);
  });

  test("sees the form of a list that the response has", () => {
    expect(find(comparison, "listCustomerCards", "CardPage as array").seen).toBe(1);
    expect(stateOf(find(comparison, "listCustomerCards", "CardPage.data"))).toBe("not seen");
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
});

test("drift events show a status, and contradict the field at their pointer", async () => {
  const lines = [
    {
      type: "drift",
      operation: "getCustomer",
      status: 200,
      problems: [{ pointer: "/email", keyword: "type", expected: "string" }],
    },
    {
      type: "drift",
      operation: "listCustomerCards",
      status: 200,
      problems: [{ pointer: "/data/0/brand", keyword: "type", expected: "string" }],
    },
  ];
  const file = await tempFile("drift.jsonl", `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  const comparison = await compare(openSpec(), [await readRecording(file, [server])], [server]);
  expect(find(comparison, "getCustomer", "200").seen).toBe(1);
  expect(find(comparison, "getCustomer", "Customer.email").contradictions).toMatchObject([
    { entry: 1, pointer: "/response/body/email", seen: "breaks type (expected string)" },
  ]);
  expect(find(comparison, "listCustomerCards", "Card.brand").contradictions).toMatchObject([
    { entry: 2, pointer: "/response/body/data/0/brand" },
  ]);
});
