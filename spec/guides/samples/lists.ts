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
    // The server may ignore the filter.
    if (
      customer.document_number === number &&
      customer.document_type === type
    )
      return customer;
  }
  return undefined;
}

const found = await findByDocument("CC", "1234567890");
console.log(found?.id ?? "nobody");
