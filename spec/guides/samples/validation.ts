import { createCustomer } from "onepay-client/schemas";

const person = {
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  phone: "300 123 4567", // no country prefix
  document_type: "NIT", // of a company
};

for (const language of ["en", "es"] as const) {
  const schema = createCustomer.in(language);
  const { issues = [] } =
    schema["~standard"].validate(person);
  for (const { path, message } of issues)
    console.log(path.join("."), message);
}
