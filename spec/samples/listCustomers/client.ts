import { OnePay } from "onepay-client";

const onepay = new OnePay();

const wanted = "1060500333";
for await (const customer of onepay.customers.list({
  filter: { document_number: wanted },
})) {
  // The server may ignore a filter: check each one.
  if (customer.document_number !== wanted) continue;
  console.log(customer.id);
  break;
}
