// An operation as data, which the runtime reads.
import type { Document, ParameterObject, Schema } from "../openapi/document.js";
import { resolve } from "../openapi/references.js";
import { partsOf } from "../openapi/schemas.js";
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
  const data = {
    ...{ resource, name, path, method, retry },
    body: body && requiredOrOptional(body.required),
    query: query.length > 0 ? requiredOrOptional(query.some(({ required }) => required)) : undefined,
    numbers: Object.fromEntries(query.flatMap((parameter) => numericParameter(document, parameter))),
    ownFields: fieldsNamedAsOptions(document, operation),
    headers: headersOf(operation),
    pagination: pagination && { page: pagination.page, items: pagination.items },
  };
  return Object.fromEntries(Object.entries(data).filter(([, value]) => !isEmpty(value)));
}

const requiredOrOptional = (isRequired: boolean): string => (isRequired ? "required" : "optional");

const isEmpty = (value: string | object | undefined): boolean =>
  value === undefined || (typeof value === "object" && Object.keys(value).length === 0);

/** A query parameter with its bounds, if it's numeric. */
function numericParameter(document: Document, { name, schema = {} }: ParameterObject): [string, object][] {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = resolve<Schema>(document, schema);
  const [only, ...others] = [type].flat().filter((item) => item !== "null");
  if (others.length > 0 || (only !== "integer" && only !== "number")) return [];
  const isInteger = only === "integer";
  const bounds = {
    minimum: minimum ?? (isInteger && isNumber(exclusiveMinimum) ? exclusiveMinimum + 1 : undefined),
    maximum: maximum ?? (isInteger && isNumber(exclusiveMaximum) ? exclusiveMaximum - 1 : undefined),
  };
  const stated = Object.entries(bounds).filter(([, bound]) => isNumber(bound));
  return [[name, { ...(isInteger && { integer: true }), ...Object.fromEntries(stated) }]];
}

const isNumber = (value: unknown): value is number => typeof value === "number";

/** The fields of the body and of the query whose name is also an option. */
function fieldsNamedAsOptions(document: Document, { body, query }: ClientOperation): string[] {
  const parts = partsOf(document, [body?.media.schema ?? {}]);
  const fields = [
    ...query.map(({ name }) => name),
    ...parts.flatMap(({ properties = {} }) => Object.keys(properties)),
  ];
  return optionNames.filter((option) => fields.includes(option)).sort();
}
