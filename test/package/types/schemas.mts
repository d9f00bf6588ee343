// What a user writes with the schemas and the drift check. A wrong line is marked with @ts-expect-error.
import { type CreateCustomer, OnePay, type OnePayEvent } from "onepay-client";
import { type DriftProblem, driftCheck } from "onepay-client/drift";
import { createCustomer, fromForm, type StandardSchemaV1, topUpCustomer } from "onepay-client/schemas";

export const schema: StandardSchemaV1<unknown, CreateCustomer> = createCustomer.in("es");

// @ts-expect-error The schema of a top-up doesn't return a customer.
export const wrong: StandardSchemaV1<unknown, CreateCustomer> = topUpCustomer;

const problems: DriftProblem[] = [];
const onepay = new OnePay({
  apiKey: "sk_test_example",
  responseCheck: driftCheck({ sample: 0.01, additional: true }),
  onEvent: (event: OnePayEvent) => {
    if (event.type === "drift") problems.push(...event.problems);
  },
});

export async function create(data: URLSearchParams): Promise<string> {
  const result = createCustomer["~standard"].validate(fromForm(createCustomer, data));
  // `if (result.issues)` narrows the type only with strictNullChecks.
  if ("value" in result) return (await onepay.customers.create(result.value)).id;
  return result.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join();
}
