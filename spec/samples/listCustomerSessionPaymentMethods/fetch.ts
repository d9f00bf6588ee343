const apiKey = process.env.ONEPAY_API_KEY;
const baseUrl = "https://api.onepay.la/v1";
// POST /customers/login/verify returns it.
const customerToken = "12|example-customer-token";
const response = await fetch(
  `${baseUrl}/customers/session/payment-methods`,
  {
    headers: {
      Authorization: `Bearer ${apiKey}`,
      "X-Customer-Token": customerToken,
      Accept: "application/json",
    },
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok)
  throw new Error(
    `${response.status}: ${await response.text()}`,
  );

// Here, data is an object and not an array.
const { data } = await response.json();
for (const { id, label } of [
  ...data.cards,
  ...data.wallets,
  ...data.pse,
])
  console.log(id, label);
