// Which statements about fields a JSON value belongs to.
import type { Resolve } from "../../spec/rules/walk.js";
import { escapePointer } from "../openapi/pointers.js";
import { isObject } from "../openapi/schemas.js";
import type { Node, Place } from "./spec.js";

/** A value and a place in the specification that describes it. */
export interface DescribedValue {
  /** A field, or a form of a `oneOf`. */
  place: Place;
  /** The JSON pointer of the value inside the body. */
  pointer: string;
  value: unknown;
}

export type JsonType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

export function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value as JsonType;
}

/** Every field and form that describes a part of a value. */
export function* describedValues(
  raw: Node,
  rawAt: Place,
  value: unknown,
  resolve: Resolve,
  pointer = "",
): Generator<DescribedValue> {
  if (!isObject(raw)) return;
  const { node, at } = resolve(raw, rawAt) as { node: Node; at: Place };
  if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      const inner = `${pointer}/${escapePointer(name)}`;
      const property = node.properties?.[name];
      const place = at.child(["properties", name]);
      if (property) yield { place, pointer: inner, value: member };
      if (property) yield* describedValues(property, place, member, resolve, inner);
      else
        yield* describedValues(
          node.additionalProperties,
          at.child(["additionalProperties"]),
          member,
          resolve,
          inner,
        );
    }
  }
  if (Array.isArray(value))
    for (const [index, item] of value.entries())
      yield* describedValues(node.items, at.child(["items"]), item, resolve, `${pointer}/${index}`);
  for (const [index, member] of (node.allOf ?? []).entries())
    yield* describedValues(member, at.child(["allOf", index]), value, resolve, pointer);
  for (const keyword of ["oneOf", "anyOf"])
    for (const index of matchingForms(node, at, keyword, value, resolve)) {
      const place = at.child([keyword, index]);
      yield { place, pointer, value };
      yield* describedValues(node[keyword][index], place, value, resolve, pointer);
    }
}

/** The forms of a `oneOf` or `anyOf` that are meant for a value: same type, and same constants in its fields. */
export function matchingForms(
  node: Node,
  at: Place,
  keyword: string,
  value: unknown,
  resolve: Resolve,
): number[] {
  const forms: Node[] = node[keyword] ?? [];
  return forms.flatMap((form, index) =>
    isMeantFor(form, at.child([keyword, index]), value, resolve) ? [index] : [],
  );
}

function isMeantFor(raw: Node, rawAt: Place, value: unknown, resolve: Resolve): boolean {
  const { node, at } = resolve(raw, rawAt) as { node: Node; at: Place };
  if (node.type !== undefined && ![node.type].flat().includes(typeOf(value)) && !isWhole(node.type, value))
    return false;
  if (isObject(value))
    for (const [name, property] of Object.entries<Node>(node.properties ?? {}))
      if (name in value && property.const !== undefined && property.const !== value[name]) return false;
  return (node.allOf ?? []).every((member: Node, index: number) =>
    isMeantFor(member, at.child(["allOf", index]), value, resolve),
  );
}

const isWhole = (type: unknown, value: unknown) =>
  typeOf(value) === "integer" && [type].flat().includes("number");
