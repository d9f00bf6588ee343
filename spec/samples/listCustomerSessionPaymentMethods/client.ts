import { OnePay } from "onepay-client";

const onepay = new OnePay();

const customerToken = "12|example-customer-token"; // from customerSessions.verify
const { data } = await onepay.customerSessions.listPaymentMethods({ customerToken });

for (const { id, label } of [...data.cards, ...data.wallets, ...data.pse]) console.log(id, label);
