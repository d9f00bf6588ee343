const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
// POST /customers/login/verify returned this token.
const customerToken = "12|example-customer-token";
const response = await fetch(
  `${api}/customers/session/payment-methods`,
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

// Here data is an object, not an array.
const { data } = await response.json();
const methods = [
  ...data.cards,
  ...data.wallets,
  ...data.pse,
];
for (const { id, label } of methods) {
  console.log(id, label);
}
