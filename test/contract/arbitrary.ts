// Any value that a schema of the document accepts, for property-based tests.
import fc from "fast-check";
import type { Document, Schema } from "../../scripts/openapi/document.js";
import { child } from "../../scripts/openapi/references.js";
import { branches, flatten, type SchemaNode, typesOf } from "../../scripts/openapi/schemas.js";

export function arbitraryOf(document: Document, node: SchemaNode): fc.Arbitrary<unknown> {
  const nodes = flatten(document, node);
  const union = nodes.flatMap(branches);
  if (union.length > 0) return fc.oneof(...union.map((branch) => arbitraryOf(document, branch)));
  const rule = <K extends keyof Schema>(key: K) => nodes.find(({ value }) => key in value)?.value[key];
  const fixed = nodes.find(({ value }) => "const" in value);
  if (fixed) return fc.constant(fixed.value.const);
  const values = rule("enum");
  if (values) return fc.constantFrom(...values);
  const types = typesOf(nodes);
  return types.length === 0
    ? fc.jsonValue()
    : fc.oneof(...types.map((type) => ofType(document, nodes, type)));
}

function ofType(document: Document, nodes: SchemaNode[], type: string): fc.Arbitrary<unknown> {
  const rule = (key: keyof Schema) => nodes.find(({ value }) => key in value)?.value[key];
  const bound = (key: keyof Schema) => (rule(key) === undefined ? undefined : Number(rule(key)));
  switch (type) {
    case "object":
      return objects(document, nodes);
    case "array": {
      const parent = nodes.find(({ value }) => value.items);
      return fc.array(parent ? arbitraryOf(document, child(parent, "items")) : fc.jsonValue(), {
        maxLength: 3,
      });
    }
    case "integer":
      return fc.integer(defined({ min: bound("minimum"), max: bound("maximum") }));
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true, ...defined({ min: bound("minimum") }) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return texts(rule("format") as string | undefined, rule("pattern") as string | undefined, bound);
  }
}

function texts(
  format: string | undefined,
  pattern: string | undefined,
  bound: (key: keyof Schema) => number | undefined,
): fc.Arbitrary<string> {
  if (pattern !== undefined) {
    const [min = 0, max = Number.POSITIVE_INFINITY] = [bound("minLength"), bound("maxLength")];
    return fc.stringMatching(new RegExp(pattern)).filter(({ length }) => length >= min && length <= max);
  }
  if (format === "uuid") return fc.uuid();
  if (format === "email") return fc.emailAddress();
  if (format === "date" || format === "date-time") {
    const range = { min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true };
    return fc
      .date(range)
      .map((date) => (format === "date" ? date.toISOString().slice(0, 10) : date.toISOString()));
  }
  // Any Unicode string.
  return fc.string({
    unit: "binary",
    ...defined({ minLength: bound("minLength"), maxLength: bound("maxLength") }),
  });
}

function objects(document: Document, nodes: SchemaNode[]): fc.Arbitrary<unknown> {
  const required = new Set(nodes.flatMap(({ value }) => value.required ?? []));
  const members = nodes.flatMap((node) =>
    Object.keys(node.value.properties ?? {}).map(
      (key) => [key, arbitraryOf(document, child(node, "properties", key))] as const,
    ),
  );
  const known = fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
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
