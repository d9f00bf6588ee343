// The schemas by operationId, and what the document states about them.

import type { BodySchema } from "../../src/schemas/index.js";
import * as all from "../../src/schemas/index.js";

const { fromForm: _, ...bySchemaName } = all;

export const schemas: Record<string, BodySchema<unknown>> = bySchemaName;

export function schemaOf(operation: string): BodySchema<unknown> {
  const schema = schemas[operation];
  if (!schema) throw new Error(`There is no schema ${operation}. Run \`npm run generate\`.`);
  return schema;
}

export interface Issue {
  /** The keys with dots in between. */
  path: string;
  message: string;
}

/** The issues of a value, sorted by path. Empty if the value is valid. */
export function issuesOf(schema: BodySchema<unknown>, value: unknown): Issue[] {
  const { issues = [] } = schema["~standard"].validate(value);
  return issues
    .map(({ path, message }) => ({ path: path.join("."), message }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const pathsOf = (schema: BodySchema<unknown>, value: unknown): string[] =>
  issuesOf(schema, value).map(({ path }) => path);

export const naturalPerson = {
  user_type: "natural",
  first_name: "Ana",
  last_name: "Ejemplo",
  email: "ana.ejemplo@example.com",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000101",
};
