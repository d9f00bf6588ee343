import { OnePay } from "onepay-client";

const onepay = new OnePay();

// customerSessions.verify returned this token.
const customerToken = "12|example-customer-token";
const { data } =
  await onepay.customerSessions.listPaymentMethods({
    customerToken,
  });

const methods = [
  ...data.cards,
  ...data.wallets,
  ...data.pse,
];
for (const { id, label } of methods) {
  console.log(id, label);
}
