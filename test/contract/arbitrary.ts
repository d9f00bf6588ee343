// Any value that a schema of the document accepts, for property-based tests.
import fc from "fast-check";
import type { Document, Schema } from "../../scripts/openapi/document.js";
import { child } from "../../scripts/openapi/references.js";
import { branches, flatten, type SchemaNode, typesOf } from "../../scripts/openapi/schemas.js";

export function arbitraryOf(document: Document, node: SchemaNode): fc.Arbitrary<unknown> {
  const nodes = flatten(document, node);
  const union = nodes.flatMap(branches);
  if (union.length > 0) return fc.oneof(...union.map((branch) => arbitraryOf(document, branch)));
  const rules: Schema = Object.assign({}, ...nodes.map(({ value }) => value));
  if ("const" in rules) return fc.constant(rules.const);
  if (rules.enum) return fc.constantFrom(...rules.enum);
  const types = typesOf(nodes);
  if (types.length === 0) return fc.jsonValue();
  return fc.oneof(...types.map((type) => ofType(document, nodes, rules, type)));
}

function ofType(document: Document, nodes: SchemaNode[], rules: Schema, type: string): fc.Arbitrary<unknown> {
  const { minimum: min, maximum: max } = rules;
  switch (type) {
    case "object":
      return objects(document, nodes);
    case "array": {
      const parent = nodes.find(({ value }) => value.items);
      const item = parent ? arbitraryOf(document, child(parent, "items")) : fc.jsonValue();
      return fc.array(item, { maxLength: 3 });
    }
    case "integer":
      return fc.integer(defined({ min, max }));
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true, ...defined({ min, max }) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return texts(rules);
  }
}

function texts({ format, pattern, minLength, maxLength }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined)
    return fc
      .stringMatching(new RegExp(pattern))
      .filter(({ length }) => length >= (minLength ?? 0) && length <= (maxLength ?? length));
  if (format === "uuid") return fc.uuid();
  if (format === "email") return fc.emailAddress();
  if (format === "date" || format === "date-time") {
    const range = { min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true };
    return fc.date(range).map((date) => date.toISOString().slice(0, format === "date" ? 10 : undefined));
  }
  // Any Unicode string.
  return fc.string({ unit: "binary", ...defined({ minLength, maxLength }) });
}

function objects(document: Document, nodes: SchemaNode[]): fc.Arbitrary<unknown> {
  const members = nodes.flatMap((node) =>
    Object.keys(node.value.properties ?? {}).map(
      (key) => [key, arbitraryOf(document, child(node, "properties", key))] as const,
    ),
  );
  const requiredKeys = [...new Set(nodes.flatMap(({ value }) => value.required ?? []))];
  const known = fc.record(Object.fromEntries(members), { requiredKeys });
  const map = nodes.find(({ value }) => typeof value.additionalProperties === "object");
  if (!map) return known;
  const more = arbitraryOf(document, child(map, "additionalProperties"));
  return fc
    .tuple(known, fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), more, { maxKeys: 3 }))
    .map(([a, b]) => ({ ...b, ...a }));
}

const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>;
  };
