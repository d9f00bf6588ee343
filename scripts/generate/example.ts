// Writes the @example of a method: a call with the values of the document's own examples.
import type { Document, MediaTypeObject, Schema } from "../openapi/document.js";
import { resolve } from "../openapi/references.js";
import { examplesOf, partsOf } from "../openapi/schemas.js";
import type { ClientOperation } from "./collect.js";
import { variableName } from "./names.js";
import { literal as literalOf } from "./text.js";

const maxWidth = 80;
const literal = (value: unknown): string => literalOf(value, maxWidth);

/** A call as a user writes it, or nothing if the document has no example for a value that is required. */
export function exampleCall(
  document: Document,
  operation: ClientOperation,
  itemOrResult: string,
): string | undefined {
  const args = exampleArguments(document, operation);
  if (args.includes(undefined)) return undefined;
  const { resource, name, pagination } = operation;
  const call = `onepay.${resource}.${name}(${args.join(", ")})`;
  if (pagination) {
    const item = variable(itemOrResult, "item");
    // Items may contain personal data, which doesn't belong in a log.
    const value = hasId(document, operation) ? `${item}.id` : item;
    return `for await (const ${item} of ${call}) {\n  console.log(${value});\n}`;
  }
  if (itemOrResult === "void") return `await ${call};`;
  return `const ${variable(itemOrResult, "result")} = await ${call};`;
}

function exampleArguments(document: Document, operation: ClientOperation): (string | undefined)[] {
  const { ids, body, query, credentials } = operation;
  const required = query.filter((parameter) => parameter.required);
  const args = ids.map(({ name, parameter }): string | undefined => {
    const example = parameter && exampleOf(document, parameter);
    return JSON.stringify(String(example ?? `YOUR_${name.toUpperCase()}`));
  });
  if (body?.required) {
    const example = exampleOf(document, body.media);
    args.push(example === undefined ? undefined : literal(example));
  }
  if (required.length > 0) {
    const values = required.map((parameter) => [parameter.name, exampleOf(document, parameter)] as const);
    const isComplete = values.every(([, example]) => example !== undefined);
    args.push(isComplete ? literal(Object.fromEntries(values)) : undefined);
  }
  if (credentials.length > 0) {
    if (body && !body.required) args.push("undefined");
    if (query.length > 0 && required.length === 0) args.push("undefined");
    args.push(literal(Object.fromEntries(credentials.map(({ option }) => [option, placeholder(option)]))));
  }
  return args;
}

function hasId(document: Document, { result, pagination }: ClientOperation): boolean {
  const item = itemSchema(document, result?.media.schema, pagination?.items ?? "");
  return item !== undefined && Object.hasOwn(resolve<Schema>(document, item).properties ?? {}, "id");
}

/** The schema of the items of a list, which is an array or an object with the array in a property. */
export function itemSchema(
  document: Document,
  list: Schema | undefined,
  property: string,
): Schema | undefined {
  const parts = partsOf(document, list ? [list] : []);
  const nested = parts.flatMap(({ properties = {} }) =>
    Object.hasOwn(properties, property) ? [properties[property] as Schema] : [],
  );
  return partsOf(document, [...parts, ...nested]).find(({ items }) => items)?.items;
}

/** `Customer` → `customer`. A type without a name has `fallback` as its variable. */
const variable = (type: string, fallback: string): string =>
  /^[A-Z][A-Za-z0-9]*$/.test(type) ? variableName(type) : fallback;

/** `customerToken` → `"YOUR_CUSTOMER_TOKEN"`. */
const placeholder = (option: string): string =>
  `YOUR_${option.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()}`;

/** The first example of a parameter or of a body. */
function exampleOf(document: Document, owner: MediaTypeObject): unknown {
  const [named] = examplesOf(document, { pointer: "", value: owner });
  if (named) return named.value;
  const { example, examples } = resolve<Schema>(document, owner.schema ?? {});
  return example ?? (Array.isArray(examples) ? examples[0] : undefined);
}
