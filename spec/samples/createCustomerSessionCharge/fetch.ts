const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
// POST /customers/login/verify returned this token.
const customerToken = "12|example-customer-token";
const response = await fetch(
  `${api}/customers/session/charges`,
  {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "X-Customer-Token": customerToken,
      Accept: "application/json",
      "Content-Type": "application/json",
      // The same in every attempt.
      "x-idempotency": "order:1001",
    },
    body: JSON.stringify({
      payment_method_id:
        "00000000-0000-4000-8000-000000006001",
      amount: 5_000_000, // cents: fifty thousand pesos
      currency: "COP",
      description: "Pedido 1001",
    }),
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok) {
  const text = await response.text();
  throw new Error(`${response.status}: ${text}`);
}

const charge = await response.json();
console.log(charge.charge_id, charge.status);
