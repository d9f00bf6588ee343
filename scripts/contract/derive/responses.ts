// Cases about responses: the documented examples, and what an upstream server may and may not return.
import type { Schema } from "../../openapi/document.js";
import type { DocumentedResponse, OperationNode } from "../../openapi/operations.js";
import { escapePointer } from "../../openapi/pointers.js";
import { child } from "../../openapi/references.js";
import { headersOf, mediaTypesOf } from "../../openapi/schemas.js";
import { highestStatus, matchesStatus } from "../../openapi/statuses.js";
import { applyChange, type Change, type ExampleCase, type HttpResponse, type ResponseCase } from "../case.js";
import { bodySlot, type Slot, type Variation, walk } from "../walk.js";
import { type Derivation, type ValidResponse, validValue } from "./valid.js";

/** One case per documented example, requested by its name. */
export const exampleCases = ({ id }: OperationNode, responses: ValidResponse[]): ExampleCase[] =>
  responses
    .filter(({ example, type }) => example !== undefined || type === undefined)
    .map(({ name, about, example, type = "application/json", response: { status } }) => ({
      kind: "example",
      id: `${id} › returns ${name}`,
      about,
      from: name,
      prefer: example === undefined ? { code: status } : { code: status, example },
      accept: type,
    }));

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
    ...responses.flatMap((documented) => {
      const own = valid.filter(({ status }) => status === documented.status);
      return casesOf(derivation, documented, own, done, create);
    }),
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
  derivation: Derivation,
  { status, entry, response: documented }: DocumentedResponse,
  valid: ValidResponse[],
  done: Set<string>,
  create: CreateCase,
): ResponseCase[] {
  const { document, validator, operation } = derivation;
  const from = valid[0]?.name ?? status;
  const verify = (base: string, change: Change) => {
    const response = valid.find(({ name }) => name === base)?.response as HttpResponse;
    return validator.response(operation.id, applyChange(response, change));
  };
  const fromVariation = ({ name, about, from: base, change, ...expected }: Variation) =>
    create(name, about, base, { ...change, ...expected });

  const headers = headersOf(document, documented).flatMap(({ name, node }) => {
    const key = name.toLowerCase();
    const location = ["header", key];
    const label = `${status} › header.${key}`;
    const pointer = `/headers/${escapePointer(key)}`;
    const put = (next: unknown) => ({ set: { [pointer]: String(next) } });
    const slot: Slot = { from, value: validValue(derivation, node), put };
    const violations = node.value.required ? [`header.${key} required`] : [];
    const context = { ...derivation, verify, isString: true };
    return [
      create(`${label} › absent`, node.pointer, from, { remove: [pointer], violations }),
      ...walk(context, child<Schema>(node, "schema"), [slot], { location, label }).map(fromVariation),
    ];
  });

  const mediaTypes = mediaTypesOf(documented);
  const bodies = mediaTypes.flatMap((mediaType) => {
    const slots = valid
      .filter(({ type }) => type === mediaType.type)
      .map(({ name, response }) => bodySlot(name, response.body));
    const name = { location: ["body"], label: `${status} › body` };
    const context = { ...derivation, verify, isString: false, done };
    return walk(context, child<Schema>(mediaType, "schema"), slots, name).map(fromVariation);
  });

  return [
    ...valid.map(({ name, about }) => create(name, about, name)),
    ...(/X|default/.test(status)
      ? [create(`${status} › highest status`, entry, from, { set: { "/status": highestStatus(status) } })]
      : []),
    ...headers,
    ...bodies,
    ...mediaTypes.slice(0, 1).map(({ pointer }) =>
      create(`${status} › another media type`, pointer, from, {
        set: { "/headers/content-type": "text/html", "/raw": "<p>Maintenance</p>" },
        remove: ["/body"],
        violations: ["media-type"],
        partial: true,
      }),
    ),
  ];
}
