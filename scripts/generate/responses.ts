// generated/responses.ts: the documented responses of each operation, for onepay-client/drift: how a body is validated,
// and the names of its fields, since names that the document doesn't have may be personal data.
import type { Document, Schema } from "../openapi/document.js";
import { partsOf } from "../openapi/schemas.js";
import { literal, objectKey } from "./text.js";
import type { OperationValidators } from "./validators.js";

/** A value as `src/drift/shape.ts` reads it. The numbers are indexes of the list of shapes. */
interface Shape {
  fields?: Record<string, number>;
  items?: number;
  values?: number;
}

/** `runtime` is the import path of src/. */
export function responsesModule(
  document: Document,
  validators: OperationValidators[],
  runtime: string,
): string {
  // The first shape has no field.
  const shapes: Shape[] = [{}];
  const indexOf = shapeIndex(document, shapes);
  const operations = validators.map(({ operation, responses }) => {
    const entries = operation.responses.map(({ status, response }) => {
      const validator = responses.get(status);
      if (!validator) return `${objectKey(status)}: {}`;
      const media = Object.values(response.value.content ?? {});
      const shape = indexOf(media.flatMap(({ schema }) => (schema ? [schema] : [])));
      return `${objectKey(status)}: { isValid: validators.${validator}, shape: ${shape} }`;
    });
    return `  ${objectKey(operation.id)}: { ${entries.join(", ")} },`;
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
    ...shapes.map((shape) => `  ${literal(shape)},`),
    "];",
    "",
  ].join("\n");
}

/** Adds the shape of values that one of the schemas describes, and returns its index. A schema may contain itself. */
function shapeIndex(document: Document, shapes: Shape[]) {
  const known: { parts: Schema[]; index: number }[] = [];
  return function indexOf(schemas: Schema[]): number {
    const parts = partsOf(document, schemas);
    const same = known.find((each) => isSame(each.parts, parts));
    if (same) return same.index;
    const names = [...new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)))];
    const items = parts.flatMap(({ items, prefixItems = [] }) => [...[items ?? []].flat(), ...prefixItems]);
    const values = parts.flatMap(valuesOf);
    if (names.length + items.length + values.length === 0) return 0;
    const shape: Shape = {};
    const index = shapes.push(shape) - 1;
    known.push({ parts, index });
    if (names.length > 0)
      shape.fields = Object.fromEntries(
        names.map((name) => [name, indexOf(parts.flatMap((part) => ownField(part, name)))]),
      );
    if (items.length > 0) shape.items = indexOf(items);
    if (values.length > 0) shape.values = indexOf(values);
    return index;
  };
}

const isSame = (a: Schema[], b: Schema[]): boolean =>
  a.length === b.length && a.every((schema, index) => schema === b[index]);

const ownField = ({ properties = {} }: Schema, name: string): Schema[] =>
  Object.hasOwn(properties, name) ? [properties[name] as Schema] : [];

/** The schemas of fields with any name. `true` describes them, too. */
function valuesOf({ additionalProperties, patternProperties = {} }: Schema): Schema[] {
  const others = additionalProperties === true ? {} : additionalProperties;
  return [...(others ? [others] : []), ...Object.values(patternProperties)];
}
