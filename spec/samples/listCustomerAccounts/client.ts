import { OnePay } from "onepay-client";

const onepay = new OnePay();

const accounts = onepay.customers.listAccounts(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
);
for await (const account of accounts) {
  console.log(
    account.id,
    account.status,
    account.bank?.name,
  );
}
