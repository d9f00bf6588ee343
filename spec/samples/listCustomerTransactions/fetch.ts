const apiKey = process.env.ONEPAY_API_KEY;
const baseUrl = "https://api.onepay.la/v1";
const id = encodeURIComponent(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
);
const url = new URL(
  `${baseUrl}/customers/${id}/transactions`,
);

for (let page = 1; ; page += 1) {
  url.searchParams.set("page", String(page));
  const response = await fetch(url, {
    headers: {
      Authorization: `Bearer ${apiKey}`,
      Accept: "application/json",
    },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok)
    throw new Error(
      `${response.status}: ${await response.text()}`,
    );

  const { data, last_page } = await response.json();
  for (const transaction of data)
    console.log(
      transaction.created_at,
      transaction.type,
      transaction.amount,
    );
  if (data.length === 0 || page >= last_page) break;
}
