// The valid requests and responses that the cases change. They come from the document's examples.
import type { Document, MediaTypeObject, Schema } from "../../openapi/document.js";
import type { OperationNode } from "../../openapi/operations.js";
import { child, type Node } from "../../openapi/references.js";
import { examplesOf, headersOf, mediaTypesOf } from "../../openapi/schemas.js";
import { exampleStatus } from "../../openapi/statuses.js";
import { applyChange, type HttpRequest, type HttpResponse } from "../case.js";
import { credential, setParameter } from "../parameters.js";
import { sample } from "../probes.js";
import type { SchemaValidator } from "../schemas.js";
import type { Validator } from "../validator.js";

export interface Derivation {
  document: Document;
  validate: SchemaValidator;
  validator: Validator;
  operation: OperationNode;
}

/** A valid value of a parameter, a header or a media type: its first example, or a value that its schema accepts. */
export function validValue({ document, validate }: Derivation, owner: Node<MediaTypeObject>): unknown {
  const [example] = examplesOf(document, owner);
  return example ? example.value : sample(document, child<Schema>(owner, "schema"), validate);
}

/** One valid request per example of the body. An operation without a body has one. */
export function validRequests(derivation: Derivation): Record<string, HttpRequest> {
  const { document, operation } = derivation;
  const { method, path, parameters, security, body } = operation;
  const required = parameters.filter(({ value }) => value.required);
  const changes = [
    ...(security.requirements[0] ?? []).map(credential),
    ...required.map((each) => setParameter(each.value, validValue(derivation, each))),
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
  const invented = { name: "request", value: validValue(derivation, mediaType) };
  return Object.fromEntries(
    (examples.length > 0 ? examples : [invented]).map(({ name, value }) => [
      name,
      { ...withoutBody, headers, body: value },
    ]),
  );
}

/** A valid response, and the documented response that it represents. */
export interface ValidResponse {
  name: string;
  /** The documented status: a number, a range such as `5XX`, or `default`. */
  status: string;
  /** JSON pointer to the example, or to the documented response. */
  about: string;
  /** The name of the example, if it's one. */
  example?: string;
  type?: string;
  response: HttpResponse;
}

/** One valid response per example of each documented status and media type. */
export function validResponses(derivation: Derivation): ValidResponse[] {
  const { document, operation } = derivation;
  return operation.responses.flatMap(({ status, entry, response }): ValidResponse[] => {
    const headers: Record<string, string> = {};
    for (const { name, node } of headersOf(document, response))
      headers[name.toLowerCase()] = String(validValue(derivation, node));
    const code = exampleStatus(status);
    const mediaTypes = mediaTypesOf(response);
    if (mediaTypes.length === 0)
      return [{ name: status, status, about: entry, response: { status: code, headers } }];
    return mediaTypes.flatMap((mediaType) => {
      const { type } = mediaType;
      const prefix = mediaTypes.length > 1 ? `${status} ${type}` : status;
      const responseWith = (body: unknown) => ({
        type,
        response: { status: code, headers: { ...headers, "content-type": type }, body },
      });
      const examples = examplesOf(document, mediaType);
      if (examples.length === 0)
        return [{ name: prefix, status, about: entry, ...responseWith(validValue(derivation, mediaType)) }];
      return examples.map(({ name, pointer, value }) => ({
        name: `${prefix} ${name}`,
        status,
        about: pointer,
        example: name,
        ...responseWith(value),
      }));
    });
  });
}
