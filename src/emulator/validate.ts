/** Validates requests with the validators that were compiled from the document. */
import type { OperationContract, ParameterContract, Validator, Violation } from "../contract.js";
import type { EmulatedRequest } from "./request.js";
import { error, invalidFields, type Reply } from "./responses.js";

/** The error for a request that the document doesn't allow; `undefined` if it's valid. */
export function validateRequest(contract: OperationContract, request: EmulatedRequest): Reply | undefined {
  const { body } = contract;
  if (body && request.text !== "" && !isJson(request.headers.get("content-type")))
    return error(415, "El cuerpo debe ser application/json.");
  const isReadable = request.text === "" || request.body !== undefined;
  // A body without a content type is taken for a missing one if it isn't JSON: the mock server does the same.
  if (body && !isReadable && request.headers.has("content-type")) return error(400, "El cuerpo no es JSON.");
  if (body?.required && request.body === undefined)
    return invalidFields([{ key: "body", description: "El cuerpo es requerido" }]);
  const fields = [
    ...contract.parameters.flatMap((parameter) => parameterErrors(parameter, request)),
    ...(body && request.body !== undefined ? bodyErrors(body.validate, request.body) : []),
  ];
  return fields.length > 0 ? invalidFields(fields) : undefined;
}

/** Whether a request has the headers that authenticate it. Their values aren't checked here. */
export const hasCredentials = ({ security }: OperationContract, request: EmulatedRequest): boolean =>
  security.length === 0 || security.some((headers) => headers.every((name) => hasCredential(request, name)));

function hasCredential({ headers }: EmulatedRequest, name: string): boolean {
  const value = headers.get(name) ?? "";
  return name === "authorization" ? /^Bearer\s+\S/.test(value) : value !== "";
}

// Without a content type, the body is taken for what the document describes.
const isJson = (type: string | null): boolean =>
  type === null || /^application\/([\w.-]+\+)?json\b/i.test(type.trim());

interface FieldError {
  readonly key: string;
  readonly description: string;
}

function parameterErrors(parameter: ParameterContract, request: EmulatedRequest): FieldError[] {
  const { name, required, validate } = parameter;
  const value = readParameter(parameter, request);
  if (value === undefined)
    return required ? [{ key: name, description: `El campo ${name} es requerido` }] : [];
  return validate(value) ? [] : [{ key: name, description: `El campo ${name} no es válido` }];
}

/** The value of a parameter as the document means it: a string on the wire may be a number. */
function readParameter(parameter: ParameterContract, { headers, ids, query }: EmulatedRequest): unknown {
  const { name, in: place, type } = parameter;
  if (place === "path") return ids[name];
  if (place === "header") return headers.get(name) || undefined;
  if (type === "deepObject") return readDeepObject(name, query);
  const value = query.get(name);
  if (value === null) return undefined;
  const isNumeric =
    (type === "integer" || type === "number") && value.trim() !== "" && Number.isFinite(Number(value));
  if (isNumeric) return Number(value);
  return type === "boolean" && /^(true|false)$/.test(value) ? value === "true" : value;
}

/** `filter[name]=value` as `{ name: value }`. */
export function readDeepObject(name: string, query: URLSearchParams): Record<string, string> | undefined {
  const entries = [...query].flatMap(([key, value]) =>
    key.startsWith(`${name}[`) && key.endsWith("]") ? [[key.slice(name.length + 1, -1), value]] : [],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function bodyErrors(validate: Validator, body: unknown): FieldError[] {
  if (validate(body)) return [];
  const keys = (validate.errors as readonly Violation[]).map(fieldOf);
  return [...new Set(keys)].map((key) => ({ key, description: `El campo ${key} no es válido o falta` }));
}

/** The field that a violation is about: a missing or an unknown one isn't in the pointer. */
export function fieldOf({ instancePath, params }: Violation): string {
  const { missingProperty, additionalProperty, unevaluatedProperty } = params;
  const name = missingProperty ?? additionalProperty ?? unevaluatedProperty;
  const parts = instancePath.split("/").slice(1);
  return [...parts, ...(typeof name === "string" ? [name] : [])].join(".") || "body";
}
