import { OnePay } from "onepay-client";

const onepay = new OnePay();

// customerSessions.verify returned this token.
const customerToken = "12|example-customer-token";
const id = "00000000-0000-4000-8000-000000009001";
const charge = await onepay.customerSessions.getCharge(
  id,
  { customerToken },
);

if (charge.status === "paid") {
  console.log("Paid:", charge.paid_at);
} else {
  console.log("Not paid yet:", charge.status);
}
