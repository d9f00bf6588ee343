// Parameters and credentials: from a value to a request, and back.
import type { ParameterObject, Schema } from "../openapi/document.js";
import type { OperationNode, SecurityNode } from "../openapi/operations.js";
import { escapePointer } from "../openapi/pointers.js";
import { child } from "../openapi/references.js";
import { isObject } from "../openapi/schemas.js";
import type { Change, HttpRequest, Violation } from "./case.js";
import type { SchemaValidator } from "./schemas.js";

/** Header names are in lower case. */
const nameOf = ({ in: location, name }: ParameterObject) =>
  location === "header" ? name.toLowerCase() : name;

/** The location of a parameter in violations. */
export const parameterLocation = (parameter: ParameterObject): [string, string] => [
  parameter.in,
  nameOf(parameter),
];

const fieldOf = ({ in: location }: ParameterObject) =>
  location === "path" ? "params" : location === "query" ? "query" : "headers";

/** JSON pointer to a parameter in a request. */
export const parameterPointer = (parameter: ParameterObject, name = nameOf(parameter)): string =>
  `/${fieldOf(parameter)}/${escapePointer(name)}`;

/** The change that sets a parameter of a request. */
export function setParameter(parameter: ParameterObject, value: unknown): Change {
  if (parameter.style === "deepObject" && isObject(value)) {
    const set = Object.entries(value).map(([key, each]) => [
      parameterPointer(parameter, `${parameter.name}[${key}]`),
      String(each),
    ]);
    return { set: Object.fromEntries(set) };
  }
  const isList = Array.isArray(value) && parameter.in === "query";
  return { set: { [parameterPointer(parameter)]: isList ? value.map(String) : String(value) } };
}

/** The value of a parameter in a request, or undefined if it's absent. */
function readParameter(parameter: ParameterObject, request: HttpRequest): unknown {
  const name = nameOf(parameter);
  const values = request[fieldOf(parameter)];
  if (parameter.style === "deepObject") {
    const found = Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(`${name}[`) && key.endsWith("]") ? [[key.slice(name.length + 1, -1), value]] : [],
    );
    return found.length === 0 ? undefined : Object.fromEntries(found);
  }
  const value = values[name];
  const isList = [parameter.schema?.type].flat().includes("array");
  return isList && typeof value === "string" ? [value] : value;
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

/** The header with the credential of a security scheme: a bearer token, or an API key in a header. */
const credentialHeader = ({ scheme: { type, name = "" } }: SecurityNode): string =>
  type === "apiKey" ? name.toLowerCase() : "authorization";

/** The change that adds a credential. The value is invented: the mock server only checks that it's there. */
export const credential = (each: SecurityNode): Change => ({
  set: {
    [`/headers/${credentialHeader(each)}`]:
      each.scheme.type === "apiKey" ? "token-of-the-contract" : "Bearer sk_test_contract",
  },
});

/** Whether a request has the credentials that the operation needs. */
export function authorized({ security: { requirements } }: OperationNode, { headers }: HttpRequest): boolean {
  const hasCredential = (each: SecurityNode): boolean => {
    const value = headers[credentialHeader(each)] ?? "";
    return each.scheme.type === "apiKey" ? value !== "" : /^Bearer\s+\S/i.test(value);
  };
  return requirements.length === 0 || requirements.some((needed) => needed.every(hasCredential));
}
