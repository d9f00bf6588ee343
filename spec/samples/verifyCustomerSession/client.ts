import { OnePay } from "onepay-client";

const onepay = new OnePay();

const session = await onepay.customerSessions.verify({
  phone: "+573000000101",
  otp: "000000",
});

// The token is as secret as a password: keep it on your
// server, and never log it.
const customerToken = session.token;
const { data } =
  await onepay.customerSessions.listPaymentMethods({
    customerToken,
  });

console.log(session.expires_at, data.cards.length);
