const api = "https://api.onepay.la/v1";
const key = process.env.ONEPAY_API_KEY;
const response = await fetch(
  `${api}/customers/login/verify`,
  {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: "application/json",
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      phone: "+573000000101",
      otp: "000000",
    }),
    signal: AbortSignal.timeout(30_000),
  },
);
if (!response.ok) {
  const text = await response.text();
  throw new Error(`${response.status}: ${text}`);
}

// The token is as secret as a password: never log it.
const session = await response.json();
console.log(session.expires_at);
