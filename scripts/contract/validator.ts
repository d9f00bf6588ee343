// The second validator: Ajv on the OpenAPI document, plus the rules of HTTP. It shares no code with Prism.
import type { Document, Schema } from "../openapi/document.js";
import { essence, isJson } from "../openapi/media-types.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { child } from "../openapi/references.js";
import { headersOf, mediaTypesOf } from "../openapi/schemas.js";
import { findResponse, isSuccess } from "../openapi/statuses.js";
import { type HttpRequest, type HttpResponse, parseBodyText, requestTarget, type Violation } from "./case.js";
import { authorized, parameterViolations } from "./parameters.js";
import { createSchemaValidator, type SchemaValidator, unique } from "./schemas.js";

/** Returns the rules of the document that a request or a response breaks. */
export interface Validator {
  request: (request: HttpRequest) => Violation[];
  response: (operationId: string, response: HttpResponse) => Violation[];
}

export function createValidator(document: Document, validate = createSchemaValidator(document)): Validator {
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
  const [path = ""] = requestTarget(request).split("?");
  const parts = path.split("/");
  const isParameter = (part: string) => part.startsWith("{");
  const matches = (template: string[]) =>
    template.length === parts.length &&
    template.every((part, index) => isParameter(part) || part === parts[index]);
  const parameterCount = (operation: OperationNode) => operation.path.split("/").filter(isParameter).length;
  const candidates = operations
    .filter((operation) => matches(operation.path.split("/")))
    .sort((a, b) => parameterCount(a) - parameterCount(b));
  if (candidates.length === 0) return "path";
  return candidates.find(({ method }) => method === request.method.toLowerCase()) ?? "method";
}

function bodyViolations(
  validate: SchemaValidator,
  { body }: OperationNode,
  request: HttpRequest,
): Violation[] {
  const type = essence(request.headers["content-type"]);
  const { body: value, raw } =
    request.raw !== undefined && isJson(type) ? parseBodyText(request.raw) : { ...request };
  if (raw !== undefined && isJson(type)) return ["malformed"];
  if (raw === undefined && value === undefined) return body?.value.required ? ["body required"] : [];
  if (!body) return [];
  const documented = mediaTypesOf(body);
  // Without a content type, the body is treated as the first documented one.
  const mediaType = type === "" ? documented[0] : documented.find((each) => essence(each.type) === type);
  if (mediaType === undefined) return ["content-type"];
  return validate(child(mediaType, "schema").pointer, raw ?? value, "body");
}

/** Query parameters that the document doesn't describe. Prism accepts them. */
function undocumentedParameters({ parameters }: OperationNode, { query }: HttpRequest): Violation[] {
  const isDocumented = (key: string) =>
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
  const successes = responses.filter(({ status }) => isSuccess(status));
  const [success] = successes.sort((a, b) => (a.status < b.status ? -1 : 1));
  const types = mediaTypesOf(success?.response).map(({ type }) => essence(type));
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
  const headers = headersOf(document, documented).flatMap(({ name, node }) => {
    const location = `header.${name.toLowerCase()}`;
    const value = response.headers[name.toLowerCase()];
    if (value === undefined) return node.value.required ? [`${location} required`] : [];
    return validate(child(node, "schema").pointer, value, location, "string");
  });
  const mediaTypes = mediaTypesOf(documented);
  if (mediaTypes.length === 0) return headers;
  const type = essence(response.headers["content-type"]);
  const mediaType = mediaTypes.find((each) => essence(each.type) === type);
  if (mediaType === undefined) return [...headers, "media-type"];
  const schema = child<Schema | undefined>(mediaType, "schema");
  const body = schema.value === undefined ? [] : validate(schema.pointer, response.body, "body");
  return unique([...headers, ...body]);
}
