import { type CreateCustomer, idempotencyKeyFrom, OnePay } from "onepay-client";

const onepay = new OnePay();

interface SignUp {
  id: string;
  body: CreateCustomer;
  customerId?: string;
}

// Stands for a table of your database.
const signUps = new Map<string, SignUp>();

/** Run it as often as you like, also after a crash: the sign-up becomes one customer. */
async function settle(signUp: SignUp): Promise<string> {
  if (signUp.customerId) return signUp.customerId;
  const { id } = await onepay.customers.create(signUp.body, {
    // Made of facts that do not change, so the next run asks under the same key.
    idempotencyKey: idempotencyKeyFrom("signup", signUp.id),
  });
  signUps.set(signUp.id, { ...signUp, customerId: id });
  return id;
}

// First write down what you want, then ask for it.
signUps.set("user-42", {
  id: "user-42",
  body: {
    user_type: "natural",
    first_name: "Juan",
    last_name: "Pérez",
    email: "juan@example.com",
    phone: "+573001234567",
    document_type: "CC",
    document_number: "1234567890",
  },
});

// This is also what runs when the process starts again: whatever has no customer yet is asked for.
for (const signUp of signUps.values()) console.log(signUp.id, await settle(signUp));
