import { OnePay } from "onepay-client";

const onepay = new OnePay();

const id = "00000000-0000-4000-8000-000000000101";
const accounts = onepay.customers.listAccounts(id);

for await (const account of accounts) {
  console.log(account.id, account.status);
}
