import { OnePay } from "onepay-client";

const onepay = new OnePay();

for await (const account of onepay.customers.listAccounts("9da58912-101d-46f8-86c9-20a52119c0bf")) {
  console.log(account.id, account.status, account.bank?.name);
}
