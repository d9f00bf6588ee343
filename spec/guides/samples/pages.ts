import { OnePay } from "onepay-client";

const onepay = new OnePay();

// One page at a time, for a table with "Next".
let page = await onepay.customers.list({
  sort: "-created_at",
});
console.log(`${page.items.length} of ${page.total}`);
if (page.hasNextPage()) {
  page = await page.getNextPage();
  console.log("page", page.number);
}

// At most 1,000 items of all pages.
const customers = await onepay.customers
  .list()
  .toArray({ limit: 1_000 });
console.log(customers.length);

// All pages.
for await (const each of onepay.customers
  .list()
  .pages())
  console.log(each.items.length);
