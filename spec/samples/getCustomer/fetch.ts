const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
const id = "00000000-0000-4000-8000-000000000101";
const response = await fetch(`${api}/customers/${id}`, {
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

const customer = await response.json();
console.log(customer.first_name, customer.email);
