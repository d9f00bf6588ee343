// Parameters: from a value to a request, and back.
import type { ParameterObject, Schema } from "../openapi/document.js";
import type { OperationNode } from "../openapi/operations.js";
import { escapePointer } from "../openapi/pointers.js";
import { child } from "../openapi/references.js";
import { isObject } from "../openapi/schemas.js";
import type { Change, HttpRequest, Violation } from "./case.js";
import type { SchemaValidator } from "./schemas.js";

/** The location of a parameter in violations. Header names are in lower case. */
export const parameterLocation = ({ in: location, name }: ParameterObject): [string, string] => [
  location,
  location === "header" ? name.toLowerCase() : name,
];

const requestFields = { path: "params", query: "query", header: "headers", cookie: "headers" } as const;

/** The change that sets a parameter of a request. */
export function setParameter(parameter: ParameterObject, value: unknown): Change {
  const pointer = (name: string) => `/${requestFields[parameter.in]}/${escapePointer(name)}`;
  const [, name] = parameterLocation(parameter);
  if (parameter.style === "deepObject" && isObject(value)) {
    const set = Object.entries(value).map(([key, each]) => [pointer(`${name}[${key}]`), asString(each)]);
    return { set: Object.fromEntries(set) };
  }
  if (Array.isArray(value) && parameter.in === "query" && parameter.explode !== false)
    return { set: { [pointer(name)]: value.map(asString) } };
  return { set: { [pointer(name)]: asString(value) } };
}

const asString = (value: unknown): string =>
  Array.isArray(value) ? value.map(asString).join(",") : String(value);

/** The value of a parameter in a request, or undefined if it's absent. */
function readParameter(parameter: ParameterObject, request: HttpRequest): unknown {
  const [, name] = parameterLocation(parameter);
  const values = request[requestFields[parameter.in]] as Record<string, string | string[]>;
  if (parameter.style === "deepObject") {
    const found = Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(`${name}[`) && key.endsWith("]") ? [[key.slice(name.length + 1, -1), value]] : [],
    );
    return found.length === 0 ? undefined : Object.fromEntries(found);
  }
  const value = values[name];
  const isList = [parameter.schema?.type].flat().includes("array");
  if (!isList || value === undefined || Array.isArray(value)) return value;
  return parameter.explode === false || parameter.in !== "query" ? value.split(",") : [value];
}

/** The rules about parameters that a request breaks. */
export function parameterViolations(
  validate: SchemaValidator,
  operation: OperationNode,
  request: HttpRequest,
): Violation[] {
  return operation.parameters.flatMap((parameter) => {
    const value = readParameter(parameter.value, request);
    const location = parameterLocation(parameter.value).join(".");
    if (value === undefined) return parameter.value.required ? [`${location} required`] : [];
    const schema = child<Schema>(parameter, "schema");
    return schema.value === undefined ? [] : validate(schema.pointer, value, location, "string");
  });
}
