import { OnePay } from "onepay-client";

// The API key comes from ONEPAY_API_KEY.
const onepay = new OnePay();

const customer = await onepay.customers.create({
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  phone: "+573001234567",
  document_type: "CC",
  document_number: "1234567890",
});

console.log(customer.id);
