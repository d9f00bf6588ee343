import { OnePay } from "onepay-client";

// Reads the API key from ONEPAY_API_KEY.
const onepay = new OnePay();

const created = await onepay.customers.create({
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  // Without the country code, WhatsApp messages may
  // never arrive.
  phone: "+573001234567",
  document_type: "CC",
  document_number: "1234567890",
});

const customer = await onepay.customers.get(created.id);
console.log(customer.id, customer.email);
