const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
const id = "00000000-0000-4000-8000-000000000101";
const response = await fetch(
  `${api}/customers/${id}/cards?page=1`,
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

const { data } = await response.json();
for (const card of data) {
  // OnePay has two shapes of a card.
  console.log(card.id, card.label ?? card.title);
}
