import { type Customer, OnePay } from "onepay-client";

const onepay = new OnePay();

/** The customer with this document, if there is one. */
async function findByDocument(
  type: string,
  number: string,
): Promise<Customer | undefined> {
  const candidates = onepay.customers.list({
    filter: { document_number: number },
    per_page: 50,
  });
  for await (const customer of candidates) {
    if (
      customer.document_number === number &&
      customer.document_type === type
    )
      return customer;
  }
  return undefined;
}

console.log(
  (await findByDocument("CC", "1060500333"))?.id ??
    "nobody",
);

// One page at a time, if you show pages.
let page = await onepay.customers.list({
  sort: "-created_at",
});
console.log(page.items.length);
while (page.hasNextPage()) {
  page = await page.getNextPage();
  console.log(page.items.length);
}
