const key = process.env.ONEPAY_API_KEY;
const wanted = "000101";
const url = new URL(
  "https://api.onepay.la/v1/customers",
);
url.searchParams.set("filter[document_number]", wanted);

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

type Row = { id: string; document_number: string };
const body = await response.json();
const rows: Row[] = Array.isArray(body)
  ? body
  : body.data;
// The server may ignore the filter: compare each row.
const found = rows.find(
  (row) => row.document_number === wanted,
);
console.log(found?.id);
