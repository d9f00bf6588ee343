import { OnePay } from "onepay-client";

const onepay = new OnePay();

const session = await onepay.customerSessions.verify({
  phone: "+573100001020",
  otp: "000000",
});

// The token is a secret like a password: keep it on
// your server, and never log it.
const customerToken = session.token;
const methods =
  await onepay.customerSessions.listPaymentMethods({
    customerToken,
  });

console.log(
  session.expires_at,
  methods.data.cards.length,
);
