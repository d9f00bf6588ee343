// generated/schemas.ts: a Standard Schema per request body, with its fields and their messages in both languages.
import type { Document, Schema } from "../openapi/document.js";
import { resolve } from "../openapi/references.js";
import { tagOf } from "../openapi/schemas.js";
import { collectOperations } from "./collect.js";
import { uniqueName, variableName } from "./names.js";
import { componentOf } from "./operations.js";
import { literal } from "./text.js";
import type { OperationValidators } from "./validators.js";

type SchemaWithMessage = Schema & { "x-message"?: string; "x-es"?: { "x-message"?: string } };

/** A field as `src/schemas/form.ts` reads it. */
interface Field {
  message?: [string, string];
  type?: "integer" | "number" | "boolean";
  fields?: Record<string, Field>;
  items?: Field;
  tag?: string;
  variants?: Record<string, Field>;
}

/**
 * The module with the schemas. `document` has the texts of both languages, `types` the exported type of each component,
 * and `runtime` is the import path of src/.
 */
export function bodySchemas(
  document: Document,
  types: Map<string, string>,
  validators: OperationValidators[],
  runtime: string,
): string {
  // Names of the module's own imports.
  const taken = new Set(["bodySchema", "validators", "fromForm"]);
  const schemas = collectOperations(document).operations.flatMap(({ id, resource, name, body }) => {
    const validator = validators.find(({ operation }) => operation.id === id)?.body;
    const schema = body?.media.schema;
    if (!schema || !validator) return [];
    const module = 'import("./schema.js")';
    const component = types.get(componentOf(schema) ?? "");
    const type = component ? `${module}.${component}` : body.typeIn(`${module}.operations`);
    return [
      `/** Validates the body of \`${resource}.${name}\`. */`,
      `export const ${uniqueName(variableName(id), taken)}: BodySchema<${type}> = /* @__PURE__ */ bodySchema(validators.${validator}, ${literal(fieldOf(document, schema))});`,
      "",
    ];
  });
  if (schemas.length === 0) return "export {};\n";
  return [
    `import { type BodySchema, bodySchema } from ${JSON.stringify(`${runtime}/schemas/body-schema.js`)};`,
    'import * as validators from "./bodies.js";',
    "",
    ...schemas,
  ].join("\n");
}

/** `parents` are the schemas around this one: a schema that contains itself ends there. */
function fieldOf(document: Document, raw: SchemaWithMessage, parents: Schema[] = []): Field {
  const schema = resolve<SchemaWithMessage>(document, raw);
  if (parents.includes(schema)) return {};
  const inner = (each: Schema) => fieldOf(document, each, [...parents, schema]);
  const { oneOf = [], anyOf = [], allOf = [], properties = {}, items } = schema;
  const tag = tagOf(document, oneOf);
  const message = messageOf(raw) ?? messageOf(schema);
  const type = typeOf(schema);
  const fields = Object.entries(properties).map(([name, property]) => [name, inner(property)]);
  const own: Field = {
    ...(message && { message }),
    ...(type && { type }),
    ...(schema.properties && { fields: Object.fromEntries(fields) }),
    ...(typeof items === "object" && { items: inner(items) }),
  };
  if (!tag) return [...allOf, ...oneOf, ...anyOf].map(inner).reduce(merge, own);
  const variants = oneOf.map((each) => [constantOf(document, each, tag), inner(each)]);
  return { ...own, tag, variants: Object.fromEntries(variants) };
}

const constantOf = (document: Document, branch: Schema, tag: string): string =>
  String(resolve<Schema>(document, resolve<Schema>(document, branch).properties?.[tag] ?? {}).const);

/** What the first one states counts, and the fields of both. */
const merge = (first: Field, second: Field): Field => ({
  ...second,
  ...first,
  ...((first.fields || second.fields) && { fields: { ...second.fields, ...first.fields } }),
});

function messageOf(schema: SchemaWithMessage): [string, string] | undefined {
  const english = schema["x-message"];
  return english === undefined ? undefined : [english, schema["x-es"]?.["x-message"] ?? english];
}

function typeOf({ type }: Schema): Field["type"] {
  const [only, ...others] = [type].flat().filter((each) => each !== "null");
  const isConverted = only === "integer" || only === "number" || only === "boolean";
  return isConverted && others.length === 0 ? only : undefined;
}
