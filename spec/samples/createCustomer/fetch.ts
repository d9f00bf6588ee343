const response = await fetch("https://api.onepay.la/v1/customers", {
  method: "POST",
  headers: {
    Authorization: `Bearer ${process.env.ONEPAY_API_KEY}`,
    Accept: "application/json",
    "Content-Type": "application/json",
    "x-idempotency": "signup:user-42", // the same at each attempt
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
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);

const customer = await response.json();
console.log(customer.id);
