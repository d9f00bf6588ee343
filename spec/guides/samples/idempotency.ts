import {
  type CreateCustomer,
  idempotencyKeyFrom,
  OnePay,
} from "onepay-client";

const onepay = new OnePay();

interface SignUp {
  id: string;
  body: CreateCustomer;
  customerId?: string;
}

// In your application, a table of your database.
const signUps = new Map<string, SignUp>();

/**
 * Creates one customer per sign-up, even if it runs
 * again after a crash.
 */
async function complete(signUp: SignUp) {
  if (signUp.customerId) return signUp.customerId;
  const { id } = await onepay.customers.create(
    signUp.body,
    {
      // Built from data that doesn't change, so the
      // next run uses the same key.
      idempotencyKey: idempotencyKeyFrom(
        "signup",
        signUp.id,
      ),
    },
  );
  signUps.set(signUp.id, { ...signUp, customerId: id });
  return id;
}

// First save what you want to do. Then send it.
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

// Run this when the process starts, too: it completes
// the sign-ups that have no customer yet.
for (const signUp of signUps.values())
  console.log(signUp.id, await complete(signUp));
