import {
  OnePay,
  OnePayError,
  UnprocessableEntityError,
} from "onepay-client";

const onepay = new OnePay();

try {
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
    { idempotencyKey: "signup:user-42" },
  );
  console.log(customer.id);
} catch (error) {
  if (error instanceof UnprocessableEntityError) {
    console.log("Correct these fields:", error.fields);
  } else if (
    error instanceof OnePayError &&
    error.outcome === "unknown"
  ) {
    console.log(
      "The customer may exist.",
      "Retry with the same key:",
      error.idempotencyKey,
    );
  } else if (error instanceof OnePayError) {
    console.log("Nothing was created:", error.message);
  } else {
    throw error;
  }
}
