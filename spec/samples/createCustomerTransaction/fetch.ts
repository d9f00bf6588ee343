const apiKey = process.env.ONEPAY_API_KEY;
const baseUrl = "https://api.onepay.la/v1";
const id = encodeURIComponent(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
);
const response = await fetch(
  `${baseUrl}/customers/${id}/transactions`,
  {
    method: "POST",
    headers: {
      Authorization: `Bearer ${apiKey}`,
      Accept: "application/json",
      "Content-Type": "application/json",
      // Send the same key with every attempt.
      "x-idempotency": "welcome-bonus:user-42",
    },
    body: JSON.stringify({
      amount: 50_000, // whole pesos
      concept: "Bono de bienvenida",
    }),
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok)
  throw new Error(
    `${response.status}: ${await response.text()}`,
  );

const transaction = await response.json();
console.log(transaction.id, transaction.amount);
