import { OnePay } from "onepay-client";

const onepay = new OnePay();

// First collect, then delete. If you delete while you
// iterate, the later customers move to earlier pages,
// and every second page is skipped.
const customers = await onepay.customers
  .list()
  .toArray({ limit: 1_000 });

for (const { id, email } of customers) {
  if (!email?.endsWith("@example.com")) continue;
  await onepay.customers.delete(id);
  console.log("deleted", id);
}
