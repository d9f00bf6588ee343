import { OnePay } from "onepay-client";

const quote = (text: string) =>
  `'${text.replaceAll("'", "'\\''")}'`;

const preview = new OnePay({
  apiKey: "sk_test_xxx", // your key isn't needed
  async fetch(url, { method, headers, body }) {
    const lines = [`curl ${quote(url)} -X ${method}`];
    for (const [name, value] of Object.entries(
      headers,
    )) {
      const isSecret =
        name === "authorization" ||
        name === "x-customer-token";
      const shown = isSecret ? "…" : value;
      lines.push(`-H ${quote(`${name}: ${shown}`)}`);
    }
    if (body) lines.push(`-d ${quote(body)}`);
    console.log(lines.join(" \\\n  "));
    // Nothing was sent. All methods accept this.
    return Response.json({ data: [] });
  },
});

await preview.customers.topUp(
  "00000000-0000-4000-8000-000000000101",
  { amount: 50_000, concept: "Bono de bienvenida" },
  { idempotencyKey: "welcome-bonus:user-42" },
);
