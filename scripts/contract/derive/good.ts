// Where every case starts: requests and answers that are good, made of the document's own examples.
import { type Answer, changed, type Request } from "../case.js";
import {
  below,
  type Document,
  examplesOf,
  type MediaTypeObject,
  type Node,
  type OperationNode,
  type ParameterObject,
  type Schema,
} from "../document.js";
import { wireParameter } from "../parameters.js";
import { headersOf, mediaOf } from "../reach.js";
import type { SchemaJudge } from "../schemas.js";
import { credential } from "../security.js";
import { sample } from "../values.js";
import type { Spot } from "../walk.js";

export interface Derivation {
  document: Document;
  judge: SchemaJudge;
  operation: OperationNode;
}

/** One good request for each example of the body; for an operation without a body, one. */
export function goodRequests({ document, judge, operation }: Derivation): Record<string, Request> {
  const { method, path, parameters, security, body } = operation;
  const needed = parameters.filter(({ value }) => value.required);
  const changes = [
    ...(security.requirements[0] ?? []).map(credential),
    ...needed.map((each) => wireParameter(each.value, parameterSample(document, each, judge))),
  ];
  const bare = changes.reduce<Request>(changed, {
    method: method.toUpperCase(),
    path,
    params: {},
    query: {},
    headers: { accept: "application/json" },
  });
  const [media] = mediaOf(body);
  if (!media) return { request: bare };
  const headers = { ...bare.headers, "content-type": media.type };
  const examples = examplesOf(document, media);
  const values =
    examples.length > 0 ? examples : [{ name: "request", value: bodySample(document, media, judge) }];
  return Object.fromEntries(values.map(({ name, value }) => [name, { ...bare, headers, body: value }]));
}

/** A good answer, and which documented one it is. */
export interface GoodAnswer {
  name: string;
  /** The documented status: a number, a range such as 5XX, or `default`. */
  status: string;
  example: { name: string; pointer: string } | undefined;
  type: string | undefined;
  answer: Answer;
}

/** One good answer for each example of each documented status and media type. */
export function goodAnswers({ document, judge, operation }: Derivation): GoodAnswer[] {
  return operation.responses.flatMap(({ status, response }): GoodAnswer[] => {
    const documented = headersOf(document, response).map(({ name, node }) => {
      const value = parameterSample(document, node as Node<ParameterObject>, judge);
      return [name.toLowerCase(), String(value)];
    });
    const headers = Object.fromEntries(documented) as Record<string, string>;
    const media = mediaOf(response);
    if (media.length === 0) {
      const answer = { status: statusNumber(status), headers };
      return [{ name: status, status, example: undefined, type: undefined, answer }];
    }
    return media.flatMap((each) => {
      const { type } = each;
      const found = examplesOf(document, each);
      const values =
        found.length > 0 ? found : [{ name: "", pointer: "", value: bodySample(document, each, judge) }];
      return values.map(({ name, pointer, value }) => ({
        name: [status, ...(media.length > 1 ? [type] : []), name].join(" ").trim(),
        status,
        example: name === "" ? undefined : { name, pointer },
        type,
        answer: { status: statusNumber(status), headers: { ...headers, "content-type": type }, body: value },
      }));
    });
  });
}

const bodySample = (document: Document, media: Node<MediaTypeObject>, judge: SchemaJudge) =>
  sample(document, below<Schema>(media, "schema"), judge);

/** A good value of a parameter or a header: its first example, else what its schema accepts. */
export function parameterSample(
  document: Document,
  parameter: Node<ParameterObject>,
  judge: SchemaJudge,
): unknown {
  const [named] = examplesOf(document, parameter);
  return named ? named.value : sample(document, below<Schema>(parameter, "schema"), judge);
}

/** The whole body of a good request or answer, as a place to change. */
export const bodySpot = (from: string, value: unknown): Spot => ({
  from,
  value,
  pointer: "/body",
  put: (next) => ({ set: { "/body": next } }),
});

/** Does a documented status, a range or `default` stand for this number? */
export const matches = (documented: string, status: number): boolean =>
  documented === "default" || new RegExp(`^${documented.replaceAll("X", "\\d")}$`).test(String(status));

/** A number that stands for a documented status: 500 for 5XX. */
export const statusNumber = (status: string): number =>
  status === "default" ? 500 : Number(status.replaceAll("X", "0"));
