// The schemas that describe a JSON value and each part of it, and the keywords that it breaks.
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { entries, inside, isObject } from "../../spec/rules/walk.js";
import { escapePointer } from "../openapi/pointers.js";
import type { Found, Node, Place, Spec } from "./spec.js";

/** A value that a schema describes. */
export interface DescribedValue extends Found {
  value: unknown;
  /** JSON pointer of the value. */
  pointer: string;
  /** The places on the way to the schema, before references are resolved. The last one is the schema itself. */
  places: Place[];
  violations: Violation[];
}

/** A keyword that a value breaks. It has the place of the value, never the value. */
export interface Violation {
  keyword: string;
  pointer: string;
  /** What was seen, as types and keywords. */
  seen: string;
  /** The places on the way to the keyword. */
  places: Place[];
}

/**
 * Every schema that describes a value or a part of it. Of a `oneOf`, these are the forms that the value matches, or else
 * the ones that are meant for it. With `allForms`, it's every form.
 */
export function* describedValues(
  spec: Spec,
  raw: Node,
  places: Place[],
  value: unknown,
  pointer = "",
  allForms = false,
): Generator<DescribedValue> {
  if (!isObject(raw) || value === undefined) return;
  const { node, at } = spec.resolve(raw, places.at(-1) as Place);
  const schemas = inside(node);
  const forms = schemas.filter(isForm).map((form) => {
    const place = [...places, at.child(form.keys)];
    const parts = [...describedValues(spec, form.node, place, value, pointer, allForms)];
    return { parts, violations: parts.flatMap((part) => part.violations) };
  });
  const matching = forms.filter(({ violations }) => violations.length === 0);
  const meant = forms.filter(({ violations }) => !violations.some((each) => isOtherForm(each, pointer)));
  const fitting = matching.length > 0 ? matching : meant;
  const chosen = allForms ? forms : fitting;

  const violations = violationsOf(node, value).map(({ keyword, params }): Violation => {
    const name = params.missingProperty ?? params.additionalProperty;
    const property = params.missingProperty === undefined ? [] : [at.child(["properties", name])];
    return {
      keyword,
      pointer: name === undefined ? pointer : `${pointer}/${escapePointer(name)}`,
      seen: seenText(keyword, value),
      places: [...places, at.child([keyword]), ...property],
    };
  });
  if (forms.length > 0 && fitting.length === 0)
    violations.push({ keyword: "oneOf", pointer, seen: seenText("oneOf", value), places });

  yield { node, at, value, pointer, places, violations };
  for (const { parts } of chosen) yield* parts;
  for (const schema of schemas)
    for (const [step, part] of partsFor(schema.keys, node, value))
      yield* describedValues(
        spec,
        schema.node,
        [...places, at.child(schema.keys)],
        part,
        pointer + step,
        allForms,
      );
}

const isForm = ({ keys: [keyword] }: { keys: unknown[] }): boolean =>
  keyword === "oneOf" || keyword === "anyOf";

/** Whether a form is for values of another type, or with another constant. */
const isOtherForm = ({ keyword, pointer }: Violation, formPointer: string): boolean =>
  keyword === "const" || (keyword === "type" && pointer === formPointer);

/** The parts of a value that a schema inside of its schema describes, with the JSON pointer to each. */
function partsFor([keyword, key]: (string | number)[], node: Node, value: unknown): [string, unknown][] {
  if (keyword === "allOf") return [["", value]];
  if (keyword === "items" && Array.isArray(value)) return value.map((item, index) => [`/${index}`, item]);
  const isDescribed = (name: string) =>
    keyword === "properties"
      ? name === key
      : keyword === "additionalProperties" && !Object.hasOwn(node.properties ?? {}, name);
  return entries(value)
    .filter(([name]) => isDescribed(name))
    .map(([name, member]) => [`/${escapePointer(name)}`, member]);
}

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
(formats as unknown as typeof formats.default)(ajv);
const validators = new WeakMap<Node, ValidateFunction>();

/** The keywords of a schema that a value breaks, without the schemas inside of it. */
function violationsOf(node: Node, value: unknown): ErrorObject[] {
  const validate = validators.get(node) ?? ajv.compile(withoutInnerSchemas(node));
  validators.set(node, validate);
  validate(value);
  return validate.errors ?? [];
}

function withoutInnerSchemas({ $ref, items, oneOf, anyOf, allOf, properties, ...own }: Node): Node {
  const names = Object.keys(properties ?? {}).map((name) => [name, true]);
  return {
    ...own,
    properties: Object.fromEntries(names),
    additionalProperties: own.additionalProperties !== false,
  };
}

function seenText(keyword: string, value: unknown): string {
  if (keyword === "required") return "absent";
  if (keyword === "additionalProperties") return "a field that isn't described";
  return keyword === "type" ? typeOf(value) : `${typeOf(value)} that breaks ${keyword}`;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
