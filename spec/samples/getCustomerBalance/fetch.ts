const apiKey = process.env.ONEPAY_API_KEY;
const baseUrl = "https://api.onepay.la/v1";
const id = encodeURIComponent(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
);
const response = await fetch(
  `${baseUrl}/customers/${id}/balance`,
  {
    headers: {
      Authorization: `Bearer ${apiKey}`,
      Accept: "application/json",
    },
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok)
  throw new Error(
    `${response.status}: ${await response.text()}`,
  );

const { balance, label } = await response.json();
console.log(`${balance} pesos`, label); // whole pesos
