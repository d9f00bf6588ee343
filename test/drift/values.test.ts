// A property: no part of a response is in an event.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readDocument } from "../../scripts/openapi/load.js";
import { readOperations } from "../../scripts/openapi/operations.js";
import { driftCheck } from "../../src/drift/index.js";
import type { OnePayEvent } from "../../src/types.js";
import { checkedClient } from "./checked-client.js";

const document = await readDocument();
const operations = readOperations(document);

/** Names that the document has. They're in the pointers. */
const documentedNames = [
  ...new Set(
    [...JSON.stringify(document).matchAll(/"([a-z_]+)":\{"(?:type|\$ref|oneOf|allOf)"/g)].map(
      ([, name = ""]) => name,
    ),
  ),
];

// Recognizable, so that it's no word of the document by accident.
const marker = "Zq7Personal";
const secret = fc.oneof(
  fc.string().map((text) => `${marker}${text}`),
  fc.nat({ max: 9 }).map((digit) => 918_273_640_000 + digit),
);
const secretName = fc.string().map((text) => `${marker}${text}`);

const { value: arbitraryBody } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: secret },
    { weight: 1, arbitrary: fc.constantFrom(null, true, [], {}) },
    { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    {
      weight: 4,
      arbitrary: fc.dictionary(
        fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom(...documentedNames) },
          { weight: 1, arbitrary: secretName },
        ),
        tie("value"),
        { maxKeys: 8 },
      ),
    },
  ),
}));

const response = fc.constantFrom(...operations).chain((operation) =>
  fc.record({
    operation: fc.constant(operation.id),
    status: fc.constantFrom(
      ...operation.responses.map(({ status }) => Number(status.replace("XX", "03"))),
      418,
    ),
    body: arbitraryBody,
  }),
);

const containsPersonal = (text: string) => text.includes(marker) || text.includes("91827364");

test("no value and no undocumented name of a response is in a problem", () => {
  const check = driftCheck({ additional: true });
  let withProblems = 0;
  fc.assert(
    fc.property(response, (received) => {
      const before = JSON.stringify(received.body);
      const problems = check(received);
      expect(containsPersonal(JSON.stringify(problems))).toBe(false);
      expect(JSON.stringify(received.body)).toBe(before);
      if (problems.length > 0) withProblems += 1;
    }),
    { numRuns: 3_000 },
  );
  expect(withProblems).toBeGreaterThan(1_000);
});

test("no value of a response is in the drift events of a call", async () => {
  const events: OnePayEvent[] = [];
  await fc.assert(
    fc.asyncProperty(response, async ({ status, body }) => {
      const onepay = checkedClient(status, body, (event) => events.push(event));
      await onepay.customers.get("cus_1").catch(() => {});
      await onepay.customers.list().catch(() => {});
    }),
    { numRuns: 300 },
  );
  expect(events.length).toBeGreaterThan(100);
  expect(containsPersonal(JSON.stringify(events))).toBe(false);
});
