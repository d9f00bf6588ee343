/**
 * A validator per request body, for forms: Standard Schema, with messages in English and Spanish.
 *
 * @module
 */
export * from "../../generated/schemas.js";
export type { BodySchema } from "./body-schema.js";
export type { Language } from "./form.js";
export { type FormEntries, fromForm } from "./from-form.js";
export type {
  StandardSchemaIssue,
  StandardSchemaProps,
  StandardSchemaResult,
  StandardSchemaV1,
} from "./standard-schema.js";
