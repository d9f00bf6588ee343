import { OnePay } from "onepay-client";

const onepay = new OnePay();

// customerSessions.verify returns it.
const customerToken = "12|example-customer-token";
const { data } =
  await onepay.customerSessions.listPaymentMethods({
    customerToken,
  });

for (const { id, label } of [
  ...data.cards,
  ...data.wallets,
  ...data.pse,
])
  console.log(id, label);
