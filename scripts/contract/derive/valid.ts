// The valid requests and responses that the cases change. They come from the document's examples.
import type { Document, MediaTypeObject, ParameterObject, Schema } from "../../openapi/document.js";
import type { OperationNode } from "../../openapi/operations.js";
import { child, type Node } from "../../openapi/references.js";
import { examplesOf, headersOf, mediaTypesOf } from "../../openapi/schemas.js";
import { exampleStatus } from "../../openapi/statuses.js";
import { applyChange, type HttpRequest, type HttpResponse } from "../case.js";
import { setParameter } from "../parameters.js";
import type { SchemaValidator } from "../schemas.js";
import { credential } from "../security.js";
import { sample } from "../values.js";
import type { Slot } from "../walk.js";

export interface Derivation {
  document: Document;
  validate: SchemaValidator;
  operation: OperationNode;
}

/** One valid request per example of the body. An operation without a body has one. */
export function validRequests({ document, validate, operation }: Derivation): Record<string, HttpRequest> {
  const { method, path, parameters, security, body } = operation;
  const required = parameters.filter(({ value }) => value.required);
  const changes = [
    ...(security.requirements[0] ?? []).map(credential),
    ...required.map((each) => setParameter(each.value, parameterSample(document, each, validate))),
  ];
  const withoutBody = changes.reduce<HttpRequest>(applyChange, {
    method: method.toUpperCase(),
    path,
    params: {},
    query: {},
    headers: { accept: "application/json" },
  });
  const [mediaType] = mediaTypesOf(body);
  if (!mediaType) return { request: withoutBody };
  const headers = { ...withoutBody.headers, "content-type": mediaType.type };
  const examples = examplesOf(document, mediaType);
  const values =
    examples.length > 0 ? examples : [{ name: "request", value: bodySample(document, mediaType, validate) }];
  return Object.fromEntries(
    values.map(({ name, value }) => [name, { ...withoutBody, headers, body: value }]),
  );
}

/** A valid response, and the documented response that it represents. */
export interface ValidResponse {
  name: string;
  /** The documented status: a number, a range such as `5XX`, or `default`. */
  status: string;
  example: { name: string; pointer: string } | undefined;
  type: string | undefined;
  response: HttpResponse;
}

/** One valid response per example of each documented status and media type. */
export function validResponses({ document, validate, operation }: Derivation): ValidResponse[] {
  return operation.responses.flatMap(({ status, response }): ValidResponse[] => {
    const documented = headersOf(document, response).map(({ name, node }) => {
      const value = parameterSample(document, node as Node<ParameterObject>, validate);
      return [name.toLowerCase(), String(value)];
    });
    const headers = Object.fromEntries(documented) as Record<string, string>;
    const code = exampleStatus(status);
    const mediaTypes = mediaTypesOf(response);
    if (mediaTypes.length === 0) {
      const empty = { status: code, headers };
      return [{ name: status, status, example: undefined, type: undefined, response: empty }];
    }
    return mediaTypes.flatMap((mediaType) => {
      const { type } = mediaType;
      const examples = examplesOf(document, mediaType);
      const invented = { name: "", pointer: "", value: bodySample(document, mediaType, validate) };
      return (examples.length > 0 ? examples : [invented]).map(({ name, pointer, value }) => ({
        name: [status, ...(mediaTypes.length > 1 ? [type] : []), name].join(" ").trim(),
        status,
        example: name === "" ? undefined : { name, pointer },
        type,
        response: { status: code, headers: { ...headers, "content-type": type }, body: value },
      }));
    });
  });
}

const bodySample = (document: Document, mediaType: Node<MediaTypeObject>, validate: SchemaValidator) =>
  sample(document, child<Schema>(mediaType, "schema"), validate);

/** A valid value of a parameter or a header: its first example, or a value that its schema accepts. */
export function parameterSample(
  document: Document,
  parameter: Node<ParameterObject>,
  validate: SchemaValidator,
): unknown {
  const [example] = examplesOf(document, parameter);
  return example ? example.value : sample(document, child<Schema>(parameter, "schema"), validate);
}

/** The whole body of a valid request or response. */
export const bodySlot = (from: string, value: unknown): Slot => ({
  from,
  value,
  pointer: "/body",
  put: (next) => ({ set: { "/body": next } }),
});
