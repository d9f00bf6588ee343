const apiKey = process.env.ONEPAY_API_KEY;
const baseUrl = "https://api.onepay.la/v1";
const response = await fetch(`${baseUrl}/customers`, {
  method: "POST",
  headers: {
    Authorization: `Bearer ${apiKey}`,
    Accept: "application/json",
    "Content-Type": "application/json",
    // Send the same key with every attempt.
    "x-idempotency": "signup:user-42",
  },
  body: JSON.stringify({
    user_type: "natural",
    first_name: "Juan",
    last_name: "Pérez",
    email: "juan@example.com",
    phone: "+573001234567",
    document_type: "CC",
    document_number: "1234567890",
    enable_notifications: true,
  }),
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok)
  throw new Error(
    `${response.status}: ${await response.text()}`,
  );

const customer = await response.json();
console.log(customer.id);
