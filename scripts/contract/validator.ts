// The second validator: Ajv on the OpenAPI document, plus the rules of HTTP. It shares no code with Prism.
import type { Document, HeaderObject, Schema } from "../openapi/document.js";
import { essence, isJson } from "../openapi/media-types.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { child, follow } from "../openapi/references.js";
import { findResponse } from "../openapi/statuses.js";
import { type HttpRequest, type HttpResponse, requestTarget, type Violation } from "./case.js";
import { parameterViolations } from "./parameters.js";
import { createSchemaValidator, type SchemaValidator, unique } from "./schemas.js";
import { authorized } from "./security.js";

/** Returns the rules of the document that a request or a response breaks. */
export interface Validator {
  request: (request: HttpRequest) => Violation[];
  response: (operationId: string, response: HttpResponse) => Violation[];
}

export function createValidator(document: Document): Validator {
  const validate = createSchemaValidator(document);
  const operations = readOperations(document);
  return {
    request(request) {
      const operation = findOperation(operations, request);
      if (typeof operation === "string") return [operation];
      const body = bodyViolations(validate, operation, request);
      if (body.includes("malformed")) return body;
      const violations = [
        ...(authorized(operation, request) ? [] : ["security"]),
        ...body,
        ...parameterViolations(validate, operation, request),
        ...undocumentedParameters(operation, request),
      ];
      return violations.length > 0 ? violations : acceptViolations(operation, request);
    },
    response(operationId, response) {
      const operation = operations.find(({ id }) => id === operationId);
      return operation ? responseViolations(document, validate, operation, response) : ["operation"];
    },
  };
}

/** The operation for a path and a method. A path with fewer parameters comes first. */
function findOperation(operations: OperationNode[], request: HttpRequest): OperationNode | "path" | "method" {
  const parts = requestTarget(request).split("?")[0]?.split("/") ?? [];
  const isParameter = (part: string) => part.startsWith("{");
  const matches = (path: string) => {
    const template = path.split("/");
    return (
      template.length === parts.length &&
      template.every((part, index) => isParameter(part) || part === parts[index])
    );
  };
  const parameterCount = ({ path }: OperationNode) => path.split("/").filter(isParameter).length;
  const candidates = operations
    .filter(({ path }) => matches(path))
    .sort((a, b) => parameterCount(a) - parameterCount(b));
  if (candidates.length === 0) return "path";
  return candidates.find(({ method }) => method === request.method.toLowerCase()) ?? "method";
}

function bodyViolations(
  validate: SchemaValidator,
  { body }: OperationNode,
  request: HttpRequest,
): Violation[] {
  const { headers, raw } = request;
  const type = essence(headers["content-type"]);
  if (raw !== undefined && isJson(type) && !isParsable(raw)) return ["malformed"];
  if (raw === undefined && request.body === undefined) return body?.value.required ? ["body required"] : [];
  if (!body) return [];
  const documented = Object.keys(body.value.content ?? {});
  // Without a content type, the body is treated as the first documented one.
  const mediaType = type === "" ? documented[0] : documented.find((each) => essence(each) === type);
  if (mediaType === undefined) return ["content-type"];
  const value = raw === undefined ? request.body : isJson(type) ? JSON.parse(raw) : raw;
  return validate(child<Schema>(body, "content", mediaType, "schema").pointer, value, "body");
}

function isParsable(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Query parameters that the document doesn't describe. Prism accepts them. */
function undocumentedParameters(
  { parameters, security }: OperationNode,
  { query }: HttpRequest,
): Violation[] {
  const schemes = security.requirements.flat().map(({ scheme }) => scheme);
  const isDocumented = (key: string) =>
    schemes.some((scheme) => scheme.in === "query" && scheme.name === key) ||
    parameters.some(
      ({ value: { in: location, name, style } }) =>
        location === "query" && (style === "deepObject" ? key.startsWith(`${name}[`) : key === name),
    );
  return Object.keys(query)
    .filter((key) => !isDocumented(key))
    .map((key) => `query.${key} undocumented`);
}

/** A valid request can still accept only media types that the response doesn't have. */
function acceptViolations({ responses }: OperationNode, { headers }: HttpRequest): Violation[] {
  const [success] = responses
    .filter(({ status }) => status.startsWith("2"))
    .sort((a, b) => (a.status < b.status ? -1 : 1));
  const types = Object.keys(success?.response.value.content ?? {}).map(essence);
  const accepted = (headers.accept ?? "*/*").split(",").map(essence);
  const matches = accepted.some((each) => each === "*/*" || types.includes(each));
  return types.length === 0 || matches ? [] : ["accept"];
}

function responseViolations(
  document: Document,
  validate: SchemaValidator,
  operation: OperationNode,
  response: HttpResponse,
): Violation[] {
  const documented = findResponse(operation.responses, response.status)?.response;
  if (!documented) return ["status"];
  const headers = Object.keys(documented.value.headers ?? {}).flatMap((name) => {
    const header = follow(document, child<HeaderObject>(documented, "headers", name));
    const location = `header.${name.toLowerCase()}`;
    const value = response.headers[name.toLowerCase()];
    if (value === undefined) return header.value.required ? [`${location} required`] : [];
    return validate(child<Schema>(header, "schema").pointer, value, location, "string");
  });
  const mediaTypes = Object.keys(documented.value.content ?? {});
  if (mediaTypes.length === 0) return headers;
  const type = essence(response.headers["content-type"]);
  const mediaType = mediaTypes.find((each) => essence(each) === type);
  if (mediaType === undefined) return [...headers, "media-type"];
  const schema = child<Schema>(documented, "content", mediaType, "schema");
  const body = schema.value === undefined ? [] : validate(schema.pointer, response.body, "body");
  return unique([...headers, ...body]);
}
