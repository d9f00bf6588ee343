import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

// The OpenAPI document is part of the package.
const document = createRequire(import.meta.url)(
  "onepay-client/openapi.json",
);
const ajv = new Ajv2020({
  allErrors: true, // all fields, not only the first
  strict: false, // the document has x- keywords
});
formats.default(ajv);
ajv.addSchema(document, "onepay");
const schemas = "onepay#/components/schemas";

/** The fields that are wrong, and why. */
function problemsOf(person: object) {
  const validate = ajv.getSchema(
    `${schemas}/NaturalPerson`,
  );
  validate?.(person);
  return (validate?.errors ?? []).map(
    ({ instancePath, params, message }) => ({
      field:
        params.missingProperty ?? instancePath.slice(1),
      message,
    }),
  );
}

console.log(
  problemsOf({
    user_type: "natural",
    first_name: "Juan",
    last_name: "Pérez",
    email: "juan@example.com",
    phone: "300 123 4567", // no country code
    document_type: "CC",
  }),
);
