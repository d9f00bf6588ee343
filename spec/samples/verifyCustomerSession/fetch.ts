const response = await fetch("https://api.onepay.la/v1/customers/login/verify", {
  method: "POST",
  headers: {
    Authorization: `Bearer ${process.env.ONEPAY_API_KEY}`,
    Accept: "application/json",
    "Content-Type": "application/json",
  },
  body: JSON.stringify({ phone: "+573100001020", otp: "000000" }),
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);

const session = await response.json();
console.log(session.expires_at); // session.token is as secret as a password: never log it
