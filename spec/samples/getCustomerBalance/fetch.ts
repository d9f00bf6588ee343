const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
const id = "00000000-0000-4000-8000-000000000101";
const response = await fetch(
  `${api}/customers/${id}/balance`,
  {
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: "application/json",
    },
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok) {
  const text = await response.text();
  throw new Error(`${response.status}: ${text}`);
}

// Whole pesos.
const { balance, label } = await response.json();
console.log(balance, label);
