/** The validator of a request body. */
import type { Validator, Violation } from "../contract.js";
import type { Field, Language } from "./form.js";
import { issuesOf } from "./issues.js";
import type { StandardSchemaV1 } from "./standard-schema.js";

/** Validates a request body, for form libraries and frameworks that support Standard Schema. */
export interface BodySchema<Body> extends StandardSchemaV1<unknown, Body> {
  /**
   * The same schema with its messages in another language.
   *
   * @throws TypeError if the language isn't `"en"` or `"es"`.
   *
   * @example
   * const result = createCustomer.in("es")["~standard"].validate(body);
   */
  in(language: Language): BodySchema<Body>;
  /** @internal */
  readonly form: Field;
}

/** Creates the schema of a body from its compiled validator and its fields. The messages are in English. */
export const bodySchema = <Body>(isValid: Validator, form: Field): BodySchema<Body> =>
  schemaIn("en", isValid, form);

function schemaIn<Body>(language: Language, isValid: Validator, form: Field): BodySchema<Body> {
  return {
    "~standard": {
      version: 1,
      vendor: "onepay-client",
      validate: (value) =>
        isValid(value)
          ? { value: value as Body }
          : { issues: issuesOf(isValid.errors as Violation[], form, value, language) },
    },
    in(other) {
      if (other !== "en" && other !== "es") throw new TypeError('OnePay: pass the language "en" or "es".');
      return schemaIn(other, isValid, form);
    },
    form,
  };
}
