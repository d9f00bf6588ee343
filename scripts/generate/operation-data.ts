// An operation as data, which the runtime reads.

import type { Document, ParameterObject, Schema } from "../openapi/document.js";
import { resolve } from "../openapi/references.js";
import type { ClientOperation } from "./collect.js";
import { optionNames } from "./names.js";

/** The options of a call that become headers: option → header. */
const headersOf = ({ idempotencyKey, credentials }: ClientOperation): Record<string, string> => ({
  ...(idempotencyKey && { idempotencyKey }),
  ...Object.fromEntries(credentials.map(({ option, header }) => [option, header])),
});

/** The headers that a call option sets: header → option. */
export const headerOptions = (operations: ClientOperation[]): Record<string, string> =>
  Object.fromEntries([
    // The client always sends its API key as a bearer token.
    ["authorization", "apiKey"],
    ...operations.flatMap((operation) =>
      Object.entries(headersOf(operation)).map(([option, header]) => [header, option]),
    ),
  ]);

/** An operation as the runtime reads it. Absent properties are left out. */
export function operationData(document: Document, operation: ClientOperation): Record<string, unknown> {
  const { resource, name, path, method, retry, body, query, pagination } = operation;
  const headers = headersOf(operation);
  const numbers = numericParameters(document, operation);
  const ownFields = fieldsNamedAsOptions(document, operation);
  return {
    resource,
    name,
    path,
    method,
    retry,
    ...(body && { body: requiredOrOptional(body.required) }),
    ...(query && { query: requiredOrOptional(query.required) }),
    ...(Object.keys(numbers).length > 0 && { numbers }),
    ...(ownFields.length > 0 && { ownFields }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(pagination && { pagination: { page: pagination.page, items: pagination.items } }),
  };
}

const requiredOrOptional = (isRequired: boolean): string => (isRequired ? "required" : "optional");

/** The numeric query parameters, with their bounds. */
function numericParameters(document: Document, { parameters }: ClientOperation): Record<string, object> {
  const entries = parameters.flatMap(({ in: place, name, schema }: ParameterObject): [string, object][] => {
    const { type, ...bounds } = schema ? resolve<Schema>(document, schema) : {};
    const types = [type].flat().filter((item) => item !== "null");
    if (place !== "query" || types.length !== 1 || (types[0] !== "integer" && types[0] !== "number"))
      return [];
    const isInteger = types[0] === "integer";
    const { exclusiveMinimum, exclusiveMaximum } = bounds;
    const minimum =
      bounds.minimum ?? (isInteger && isNumber(exclusiveMinimum) ? exclusiveMinimum + 1 : undefined);
    const maximum =
      bounds.maximum ?? (isInteger && isNumber(exclusiveMaximum) ? exclusiveMaximum - 1 : undefined);
    return [
      [
        name,
        {
          ...(isInteger && { integer: true }),
          ...(isNumber(minimum) && { minimum }),
          ...(isNumber(maximum) && { maximum }),
        },
      ],
    ];
  });
  return Object.fromEntries(entries);
}

const isNumber = (value: unknown): value is number => typeof value === "number";

/** The fields of the body and of the query whose name is also an option. */
function fieldsNamedAsOptions(document: Document, { body, parameters }: ClientOperation): string[] {
  const query = parameters.filter(({ in: place }) => place === "query").map(({ name }) => name);
  const fields = [...query, ...propertiesOf(document, body?.schema)];
  return optionNames.filter((option) => fields.includes(option)).sort();
}

/** The names of all properties of a schema and of its parts. */
function propertiesOf(document: Document, schema: Schema | undefined, seen = new Set<object>()): string[] {
  const target = schema && resolve<Schema>(document, schema);
  if (!target || seen.has(target)) return [];
  seen.add(target);
  const { properties = {}, oneOf = [], anyOf = [], allOf = [] } = target;
  const parts = [...oneOf, ...anyOf, ...allOf].flatMap((part) => propertiesOf(document, part, seen));
  return [...Object.keys(properties), ...parts];
}
