const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
const response = await fetch(`${api}/customers`, {
  method: "POST",
  headers: {
    Authorization: `Bearer ${key}`,
    Accept: "application/json",
    "Content-Type": "application/json",
    // The same in every attempt.
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
if (!response.ok) {
  const text = await response.text();
  throw new Error(`${response.status}: ${text}`);
}

const customer = await response.json();
console.log(customer.id);
