const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
const id = "00000000-0000-4000-8000-000000000101";
const url = new URL(
  `${api}/customers/${id}/transactions`,
);

for (let page = 1; ; page += 1) {
  url.searchParams.set("page", String(page));
  const response = await fetch(url, {
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: "application/json",
    },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) {
    const text = await response.text();
    throw new Error(`${response.status}: ${text}`);
  }

  const { data, last_page } = await response.json();
  for (const transaction of data) {
    // Whole pesos.
    console.log(transaction.type, transaction.amount);
  }
  if (data.length === 0 || page >= last_page) break;
}
