// From POST /customers/login/verify.
const customerToken = "12|example-customer-token";
const response = await fetch("https://api.onepay.la/v1/customers/session/charges", {
  method: "POST",
  headers: {
    Authorization: `Bearer ${process.env.ONEPAY_API_KEY}`,
    "X-Customer-Token": customerToken,
    Accept: "application/json",
    "Content-Type": "application/json",
    "x-idempotency": "order:1001", // the same at each attempt
  },
  body: JSON.stringify({
    payment_method_id: "00000000-0000-4000-8000-000000006001",
    amount: 5_000_000, // cents: fifty thousand pesos
    currency: "COP",
    description: "Pedido 1001",
  }),
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);

const charge = await response.json();
console.log(charge.charge_id, charge.status);
