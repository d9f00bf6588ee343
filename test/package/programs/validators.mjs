// The schemas and the drift check, without a server.
import { driftCheck } from "onepay-client/drift";
import { createCustomer, fromForm, topUpCustomer } from "onepay-client/schemas";

const person = {
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  phone: "+573001234567",
  document_type: "CC",
  document_number: "1234567890",
};

export async function validators({ OnePay }, _input, options) {
  const events = [];
  const onepay = new OnePay({
    ...options,
    apiKey: "sk_test_example",
    fetch: async () => Response.json({ ...person, id: 5, created_at: "2026-02-03" }, { status: 201 }),
    responseCheck: driftCheck(),
    onEvent: (event) => events.push(event),
  });
  const created = await onepay.customers.create(person);
  const { issues } = createCustomer.in("es")["~standard"].validate({ ...person, phone: "300" });
  return {
    isValid: !createCustomer["~standard"].validate(person).issues,
    issues,
    body: fromForm(topUpCustomer, new URLSearchParams("amount=50000&concept=")),
    id: created.id,
    drift: events.filter(({ type }) => type === "drift").map(({ problems }) => problems),
  };
}
