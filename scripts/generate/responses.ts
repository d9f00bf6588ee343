// generated/responses.ts: the documented responses of each operation, for onepay-client/drift: how a body is validated,
// and the names of its fields, since names that the document doesn't have may be personal data.

import type { Document, ResponseObject, Schema } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { resolve } from "../openapi/references.js";
import { objectKey } from "./names.js";

/** A value as `src/drift/shape.ts` reads it. The numbers are indexes of the list of shapes. */
interface Shape {
  fields?: Record<string, number>;
  items?: number;
  values?: number;
}

/** `validators` are the functions of validators.js, by operationId and status. `runtime` is the import path of src/. */
export function responsesModule(
  document: Document,
  validators: Map<string, Map<string, string | undefined>>,
  runtime: string,
): string {
  const shapes = new Shapes(document);
  const operations = [...operationsOf(document)].map(({ operation }) => {
    const id = operation.operationId ?? "";
    const responses = Object.entries(operation.responses ?? {}).map(([status, raw]) => {
      const validator = validators.get(id)?.get(status);
      if (!validator) return `${objectKey(status)}: {}`;
      const { content = {} } = resolve<ResponseObject>(document, raw);
      const schemas = Object.values(content).flatMap(({ schema }) => (schema ? [schema] : []));
      return `${objectKey(status)}: { isValid: validators.${validator}, shape: ${shapes.indexOf(schemas)} }`;
    });
    return `  ${objectKey(id)}: { ${responses.join(", ")} },`;
  });
  return [
    `import type { Responses, Shape } from ${JSON.stringify(`${runtime}/drift/shape.js`)};`,
    'import * as validators from "./validators.js";',
    "",
    "export const responses: Responses = {",
    ...operations,
    "};",
    "",
    "export const shapes: readonly Shape[] = [",
    ...shapes.list.map((shape) => `  ${literal(shape)},`),
    "];",
    "",
  ].join("\n");
}

/** The shapes of a document, each once: a schema may contain itself. */
class Shapes {
  /** The first one has no field. */
  readonly list: Shape[] = [{}];
  private readonly document: Document;
  private readonly indexes = new Map<string, number>();
  private readonly ids = new Map<Schema, number>();

  constructor(document: Document) {
    this.document = document;
  }

  /** The index of the shape of values that one of the schemas describes. */
  indexOf(schemas: Schema[]): number {
    const parts = this.partsOf(schemas);
    const key = parts.map((part) => this.idOf(part)).join();
    const known = this.indexes.get(key);
    if (known !== undefined) return known;
    if (!parts.some(hasChildren)) return 0;
    const index = this.list.length;
    const shape: Shape = {};
    this.list.push(shape);
    this.indexes.set(key, index);
    const names = [...new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)))];
    if (names.length > 0)
      shape.fields = Object.fromEntries(
        names.map((name) => [name, this.indexOf(parts.flatMap((part) => ownField(part, name)))]),
      );
    const items = parts.flatMap(({ items, prefixItems = [] }) => [...[items ?? []].flat(), ...prefixItems]);
    if (items.length > 0) shape.items = this.indexOf(items);
    const values = parts.flatMap(valuesOf);
    if (values.length > 0) shape.values = this.indexOf(values);
    return index;
  }

  /** The schemas with the members of their combinations, in a fixed order, each once. */
  private partsOf(schemas: Schema[], found = new Set<Schema>()): Schema[] {
    for (const raw of schemas) {
      const schema = resolve<Schema>(this.document, raw);
      if (found.has(schema)) continue;
      found.add(schema);
      const { allOf = [], oneOf = [], anyOf = [] } = schema;
      this.partsOf([...allOf, ...oneOf, ...anyOf], found);
    }
    return [...found];
  }

  private idOf(schema: Schema): number {
    const id = this.ids.get(schema) ?? this.ids.size;
    this.ids.set(schema, id);
    return id;
  }
}

const hasChildren = (schema: Schema): boolean =>
  Boolean(schema.properties || schema.items || schema.prefixItems) || valuesOf(schema).length > 0;

const ownField = ({ properties = {} }: Schema, name: string): Schema[] =>
  Object.hasOwn(properties, name) ? [properties[name] as Schema] : [];

/** The schemas of fields with any name. `true` describes them, too. */
function valuesOf({ additionalProperties, patternProperties = {} }: Schema): Schema[] {
  const others = additionalProperties === true ? {} : additionalProperties;
  return [...(others ? [others] : []), ...Object.values(patternProperties)];
}

function literal(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${objectKey(key)}: ${literal(item)}`);
  return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
}
