// Cases about responses: the documented examples, and what an upstream server may and may not return.
import type { HeaderObject, ParameterObject, Schema } from "../../openapi/document.js";
import type { DocumentedResponse } from "../../openapi/operations.js";
import { escapePointer } from "../../openapi/pointers.js";
import { child, type Node } from "../../openapi/references.js";
import { headersOf, type MediaTypeNode, mediaTypesOf } from "../../openapi/schemas.js";
import { highestStatus, matchesStatus } from "../../openapi/statuses.js";
import { applyChange, type Case, type Change, type HttpResponse, type ResponseCase } from "../case.js";
import { type Slot, type Variation, walk } from "../walk.js";
import { bodySlot, type Derivation, parameterSample, type ValidResponse } from "./valid.js";

/** One case per documented example, requested by its name. */
export function exampleCases({ operation }: Derivation, responses: ValidResponse[]): Case[] {
  const entryOf = (status: string) => operation.responses.find((each) => each.status === status)?.entry;
  return responses
    .filter(({ example, type }) => example !== undefined || type === undefined)
    .map(({ name, status, example, type, response }) => ({
      kind: "example",
      id: `${operation.id} › returns ${name}`,
      about: example?.pointer ?? entryOf(status) ?? operation.pointer,
      from: name,
      prefer: { code: response.status, ...(example ? { example: example.name } : {}) },
      accept: type ?? "application/json",
    }));
}

/** Creates a case from the rule, the part of the document, the valid response, and what is different. */
type CreateCase = (
  rule: string,
  about: string,
  from: string,
  difference?: Partial<ResponseCase>,
) => ResponseCase;

export function responseCases(
  derivation: Derivation,
  valid: ValidResponse[],
  done: Set<string>,
): ResponseCase[] {
  const { id, responses, pointer } = derivation.operation;
  const create: CreateCase = (rule, about, from, difference) => ({
    kind: "response",
    id: `${id} › upstream ${rule}`,
    about,
    from,
    violations: [],
    ...difference,
  });
  const undocumented = [203, 418].filter(
    (code) => !responses.some(({ status }) => matchesStatus(status, code)),
  );
  return [
    ...responses.flatMap((documented) => casesOf(derivation, documented, valid, done, create)),
    ...undocumented.map((status) =>
      create(`${status} › undocumented`, `${pointer}/responses`, valid[0]?.name ?? "", {
        set: { "/status": status },
        violations: ["status"],
        partial: true,
      }),
    ),
  ];
}

function casesOf(
  { document, validate }: Derivation,
  { status, entry, response: documented }: DocumentedResponse,
  allValid: ValidResponse[],
  done: Set<string>,
  create: CreateCase,
): ResponseCase[] {
  const valid = allValid.filter((each) => each.status === status);
  const from = valid[0]?.name ?? status;
  const responseNamed = (name: string) => valid.find((each) => each.name === name)?.response as HttpResponse;
  const fromVariation = ({ name, about, from: base, change, ...expected }: Variation) =>
    create(name, about, base, { ...change, ...expected });

  const bodyCases = ({ type, ...mediaType }: MediaTypeNode) => {
    const schema = child<Schema>(mediaType, "schema");
    const slots = valid
      .filter((each) => each.type === type)
      .map(({ name, response }) => bodySlot(name, response.body));
    const verify = (name: string, change: Change) =>
      validate(schema.pointer, applyChange(responseNamed(name), change).body, "body");
    const name = { location: ["body"], label: `${status} › body` };
    const context = { document, validate, verify, isString: false, done };
    return walk(context, schema, slots, name).map(fromVariation);
  };

  const headerCases = ({ name, node }: { name: string; node: Node<HeaderObject> }) => {
    const key = name.toLowerCase();
    const location = ["header", key];
    const label = `${status} › ${location.join(".")}`;
    const pointer = `/headers/${escapePointer(key)}`;
    const schema = child<Schema>(node, "schema");
    const verify = (base: string, change: Change) => {
      const value = applyChange(responseNamed(base), change).headers[key];
      return value === undefined ? [] : validate(schema.pointer, value, location.join("."), "string");
    };
    const value = parameterSample(document, node as Node<ParameterObject>, validate);
    const slot: Slot = { from, value, put: (next) => ({ set: { [pointer]: String(next) } }) };
    const violations = node.value.required ? [`${location.join(".")} required`] : [];
    const context = { document, validate, verify, isString: true };
    return [
      create(`${label} › absent`, node.pointer, from, { remove: [pointer], violations }),
      ...walk(context, schema, [slot], { location, label }).map(fromVariation),
    ];
  };

  const mediaTypes = mediaTypesOf(documented);
  const htmlPage = { "/headers/content-type": "text/html", "/raw": "<p>Maintenance</p>" };
  return [
    ...valid.map(({ name, example }) => create(name, example?.pointer ?? entry, name)),
    ...(/X|default/.test(status)
      ? [create(`${status} › highest status`, entry, from, { set: { "/status": highestStatus(status) } })]
      : []),
    ...headersOf(document, documented).flatMap(headerCases),
    ...mediaTypes.flatMap(bodyCases),
    ...mediaTypes.slice(0, 1).map(({ pointer }) =>
      create(`${status} › another media type`, pointer, from, {
        set: htmlPage,
        remove: ["/body"],
        violations: ["media-type"],
        partial: true,
      }),
    ),
  ];
}
