// Which constraint of the specification a request breaks.
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { constraints as constraintKeywords } from "../../spec/rules/statements.js";
import { type Matched, parametersOf, parameterValue, parsed } from "./exchange.js";
import { type Node, type Place, placeId, type Spec, valueIn } from "./spec.js";
import type { Reports } from "./statements.js";
import { describedValues } from "./values.js";

const addFormats = formats as unknown as typeof formats.default;
const ajv = new Ajv2020({ strict: false, logger: false });
addFormats(ajv);

interface BrokenConstraint {
  place: Place;
  location: "body" | "parameter";
  pointer: string;
  keyword: string;
}

/** A value of a request, and the schema that describes it. */
interface CheckedValue {
  schema: Node;
  at: Place;
  value: unknown;
  location: BrokenConstraint["location"];
  pointer: string;
}

/**
 * The constraint that a request breaks, if the request is valid in every other respect. A server that rejects such a
 * request confirms the constraint. A request with several mistakes shows nothing about any of them.
 */
export function soleBrokenConstraint(
  spec: Spec,
  matched: Matched,
  reports: Reports,
): BrokenConstraint | undefined {
  const values = [...parameterValues(spec, matched), ...bodyValues(spec, matched)];
  if (lacksParameter(spec, matched) || values.some(hasOtherMistake)) return undefined;
  const broken = new Map<string, BrokenConstraint>();
  for (const { schema, at, value, location, pointer } of values)
    for (const keyword of constraintKeywords) {
      const place = at.child([keyword]);
      if (schema[keyword] !== undefined && reports.has(placeId(place)) && !isMet(schema, keyword, value))
        broken.set(placeId(place), { place, location, pointer, keyword });
    }
  const [first] = broken.values();
  return broken.size === 1 ? first : undefined;
}

const lacksParameter = (spec: Spec, matched: Matched): boolean =>
  parametersOf(spec, matched.operation).some(
    ({ node }) => node.required && parameterValue(node, matched) === undefined,
  );

/** A wrong type or a missing field. The specification has no statement about these keywords. */
const hasOtherMistake = ({ schema, value }: CheckedValue): boolean =>
  ["type", "required"].some((keyword) => schema[keyword] !== undefined && !isMet(schema, keyword, value));

function parameterValues(spec: Spec, matched: Matched): CheckedValue[] {
  return parametersOf(spec, matched.operation).flatMap(({ node, at }): CheckedValue[] => {
    const text = parameterValue(node, matched);
    if (text === undefined || node.schema === undefined) return [];
    const schema = spec.resolve(node.schema, at.child(["schema"])) as { node: Node; at: Place };
    const isNumber = ["integer", "number"].includes(schema.node.type) && !Number.isNaN(Number(text));
    const value = isNumber ? Number(text) : text;
    const pointer = `/request/${node.in}/${node.name}`;
    return [{ schema: schema.node, at: schema.at, value, location: "parameter", pointer }];
  });
}

function bodyValues(spec: Spec, { exchange, operation }: Matched): CheckedValue[] {
  const body = spec.resolve(operation.node.requestBody, operation.at.child(["requestBody"]));
  const schema = body.node?.content?.["application/json"]?.schema;
  if (schema === undefined || exchange.requestBody === undefined) return [];
  const at = (body.at as Place).child(["content", "application/json", "schema"]);
  const value = parsed(exchange.requestBody);
  const described = [{ place: at, pointer: "", value }, ...describedValues(schema, at, value, spec.resolve)];
  return described.map(({ place, pointer, value: inner }) => {
    const raw = valueIn(spec.file(place.file).value, place.keys);
    const resolved = spec.resolve(raw, place) as { node: Node; at: Place };
    return {
      schema: resolved.node,
      at: resolved.at,
      value: inner,
      location: "body",
      pointer: `/request/body${pointer}`,
    };
  });
}

function isMet(node: Node, keyword: string, value: unknown): boolean {
  // The keyword looks at its neighbor.
  const properties = keyword === "additionalProperties" ? { properties: allowAll(node.properties) } : {};
  return ajv.validate({ ...properties, [keyword]: node[keyword] }, value) === true;
}

const allowAll = (properties: object | undefined) =>
  Object.fromEntries(Object.keys(properties ?? {}).map((name) => [name, true]));
