import { OnePay } from "onepay-client";

const onepay = new OnePay();

const wanted = "000101";
const customers = onepay.customers.list({
  filter: { document_number: wanted },
});

for await (const customer of customers) {
  // The server may ignore the filter: compare each row.
  if (customer.document_number !== wanted) continue;
  console.log(customer.id);
  break;
}
