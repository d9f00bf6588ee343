import { OnePay } from "onepay-client";

const onepay = new OnePay(); // the key comes from ONEPAY_API_KEY

const created = await onepay.customers.create({
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  phone: "+573001234567", // with its prefix, or WhatsApp messages may never arrive
  document_type: "CC",
  document_number: "1234567890",
});

const customer = await onepay.customers.get(created.id);
console.log(customer.id, customer.email);
