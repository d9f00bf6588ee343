const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
const id = "00000000-0000-4000-8000-000000000101";
const response = await fetch(
  `${api}/customers/${id}/transactions`,
  {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: "application/json",
      "Content-Type": "application/json",
      // The same in every attempt.
      "x-idempotency": "welcome-bonus:user-42",
    },
    body: JSON.stringify({
      amount: 50_000, // whole pesos: fifty thousand
      concept: "Bono de bienvenida",
    }),
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok) {
  const text = await response.text();
  throw new Error(`${response.status}: ${text}`);
}

const transaction = await response.json();
console.log(transaction.id, transaction.amount);
