const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
// POST /customers/login/verify returned this token.
const customerToken = "12|example-customer-token";
const id = "00000000-0000-4000-8000-000000009001";
const response = await fetch(
  `${api}/customers/session/charges/${id}`,
  {
    headers: {
      Authorization: `Bearer ${key}`,
      "X-Customer-Token": customerToken,
      Accept: "application/json",
    },
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok) {
  const text = await response.text();
  throw new Error(`${response.status}: ${text}`);
}

const charge = await response.json();
console.log(charge.status, charge.paid_at);
