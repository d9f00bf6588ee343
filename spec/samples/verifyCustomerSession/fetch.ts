const apiKey = process.env.ONEPAY_API_KEY;
const baseUrl = "https://api.onepay.la/v1";
const response = await fetch(
  `${baseUrl}/customers/login/verify`,
  {
    method: "POST",
    headers: {
      Authorization: `Bearer ${apiKey}`,
      Accept: "application/json",
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      phone: "+573100001020",
      otp: "000000",
    }),
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok)
  throw new Error(
    `${response.status}: ${await response.text()}`,
  );

const session = await response.json();
// session.token is a secret like a password.
// Never log it.
console.log(session.expires_at);
