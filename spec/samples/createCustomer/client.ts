import {
  idempotencyKeyFrom,
  OnePay,
} from "onepay-client";

// Reads the API key from ONEPAY_API_KEY.
const onepay = new OnePay();

const customer = await onepay.customers.create(
  {
    user_type: "natural",
    first_name: "Juan",
    last_name: "Pérez",
    email: "juan@example.com",
    phone: "+573001234567",
    document_type: "CC",
    document_number: "1234567890",
    enable_notifications: true,
  },
  {
    // Made from your own data: a retry creates no
    // second customer, even after a crash.
    idempotencyKey: idempotencyKeyFrom(
      "signup",
      "user-42",
    ),
  },
);

console.log(customer.id);
