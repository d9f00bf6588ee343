import { OnePay } from "onepay-client";

const onepay = new OnePay();

const wanted = "1060500333";
for await (const customer of onepay.customers.list({ filter: { document_number: wanted } })) {
  // A filter may be ignored, so the row itself has to say that it is the right one.
  if (customer.document_number !== wanted) continue;
  console.log(customer.id);
  break;
}
