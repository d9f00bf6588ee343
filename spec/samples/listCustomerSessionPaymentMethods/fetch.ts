// From POST /customers/login/verify.
const customerToken = "12|example-customer-token";
const response = await fetch("https://api.onepay.la/v1/customers/session/payment-methods", {
  headers: {
    Authorization: `Bearer ${process.env.ONEPAY_API_KEY}`,
    "X-Customer-Token": customerToken,
    Accept: "application/json",
  },
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);

const { data } = await response.json(); // here data is an object, not a list
for (const { id, label } of [...data.cards, ...data.wallets, ...data.pse]) console.log(id, label);
