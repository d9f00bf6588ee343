const apiKey = process.env.ONEPAY_API_KEY;
const baseUrl = "https://api.onepay.la/v1";
const wanted = "1060500333";
const url = new URL(`${baseUrl}/customers`);
url.searchParams.set("filter[document_number]", wanted);

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

const body = await response.json();
const rows: { id: string; document_number: string }[] =
  Array.isArray(body) ? body : body.data;
// The server may ignore a filter: check each one.
console.log(
  rows.find((row) => row.document_number === wanted)
    ?.id,
);
