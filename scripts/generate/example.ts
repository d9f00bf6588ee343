// Writes the @example of a method: a call with the values of the document's own examples.

import type { Document, Example, ParameterObject, Reference, Schema } from "../openapi/document.js";
import { resolve } from "../openapi/references.js";
import { type ClientOperation, successOf } from "./collect.js";
import { objectKey, variableName } from "./names.js";
import { itemSchema } from "./type-names.js";

const maxWidth = 80;

/** A call as a user writes it, or nothing if the document has no example for a value that is required. */
export function exampleCall(
  document: Document,
  operation: ClientOperation,
  itemOrResult: string | undefined,
): string | undefined {
  const { resource, name, ids, body, query, credentials, pagination } = operation;
  const values: (string | undefined)[] = ids.map((id) => idExample(document, operation, id));
  if (body?.required) values.push(bodyExample(document, operation));
  if (query?.required) values.push(queryExample(document, operation));
  if (credentials.length > 0) {
    if (body && !body.required) values.push("undefined");
    if (query && !query.required) values.push("undefined");
    values.push(literal(Object.fromEntries(credentials.map(({ option }) => [option, placeholder(option)]))));
  }
  if (values.includes(undefined)) return undefined;
  const call = `onepay.${resource}.${name}(${values.join(", ")})`;
  if (pagination) {
    const item = variable(itemOrResult, "item");
    // Items may contain personal data, which doesn't belong in a log.
    const value = hasId(document, operation) ? `${item}.id` : item;
    return `for await (const ${item} of ${call}) {\n  console.log(${value});\n}`;
  }
  return itemOrResult === "void"
    ? `await ${call};`
    : `const ${variable(itemOrResult, "result")} = await ${call};`;
}

function hasId(document: Document, operation: ClientOperation): boolean {
  const list = successOf(operation)?.schema;
  const item = itemSchema(document, list, operation.pagination?.items ?? "");
  return item !== undefined && Object.hasOwn(resolve<Schema>(document, item).properties ?? {}, "id");
}

/** `Customer` → `customer`. A type without a name has `fallback` as its variable. */
function variable(type: string | undefined, fallback: string): string {
  return type && /^[A-Z][A-Za-z0-9]*$/.test(type) ? variableName(type) : fallback;
}

/** `customerToken` → `"YOUR_CUSTOMER_TOKEN"`. */
const placeholder = (option: string): string =>
  `YOUR_${option.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()}`;

function idExample(document: Document, { parameters }: ClientOperation, id: string): string {
  const parameter = parameters.find(({ in: place, name }) => place === "path" && name === id);
  const example = parameter && exampleOf(document, parameter);
  return JSON.stringify(String(example ?? `YOUR_${id.toUpperCase()}`));
}

function bodyExample(document: Document, { body }: ClientOperation): string | undefined {
  const example = body?.media && exampleOf(document, body.media);
  return example === undefined ? undefined : literal(example);
}

function queryExample(document: Document, { parameters }: ClientOperation): string | undefined {
  const required = parameters.filter(({ in: place, required }) => place === "query" && required);
  const entries = required.map((parameter) => [parameter.name, exampleOf(document, parameter)] as const);
  if (entries.some(([, example]) => example === undefined)) return undefined;
  return literal(Object.fromEntries(entries));
}

interface WithExamples {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
}

/** The first example of a parameter or of a body. */
function exampleOf(
  document: Document,
  { schema, example, examples }: WithExamples | ParameterObject,
): unknown {
  if (example !== undefined) return example;
  const [first] = Object.values(examples ?? {});
  if (first) return resolve<Example>(document, first).value;
  const { example: ofSchema, examples: ofSchemaList } = schema ? resolve<Schema>(document, schema) : {};
  return ofSchema ?? (Array.isArray(ofSchemaList) ? ofSchemaList[0] : undefined);
}

/** A value as TypeScript: on one line if it is short, or else each entry on its own line. */
export function literal(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([key, item]) => `${objectKey(key)}: ${literal(item, inner)}`);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return open + close;
  const line = isList ? `[${entries.join(", ")}]` : `{ ${entries.join(", ")} }`;
  if (indent.length + line.length <= maxWidth && !line.includes("\n")) return line;
  return `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${indent}${close}`;
}
