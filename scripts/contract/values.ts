// From a schema to values: one that it accepts, and for each rule those that break just that rule.
import { below, type Document, flatten, type Node, type Schema } from "./document.js";
import { knownFormats, type SchemaJudge } from "./schemas.js";

/** A value on the edge of a rule, or beyond it. `breaks` is the keyword it breaks; none: it is accepted. */
export interface Probe {
  name: string;
  /** The keyword's own pointer. */
  about: string;
  value: unknown;
  breaks?: string;
}

/** A value that the schema accepts: its own example where it has one, else the plainest that fits. */
export function sample(document: Document, node: Node, judge: SchemaJudge): unknown {
  const nodes = flatten(document, node);
  const accepted = (value: unknown) => judge(node.pointer, value, "").length === 0;
  for (const { value } of nodes) {
    const offered = [
      ...(value.examples ?? []),
      ...("const" in value ? [value.const] : []),
      ...(value.enum ?? []),
      ...("default" in value ? [value.default] : []),
    ];
    const fitting = offered.find(accepted);
    if (fitting !== undefined) return fitting;
  }
  const branch = nodes.flatMap((each) => branches(each))[0];
  if (branch && typesOf(nodes).length === 0) return sample(document, branch, judge);
  return plainest(document, nodes, judge);
}

/** The members of a schema's `oneOf` or `anyOf`. */
export function branches(node: Node): Node[] {
  const keyword = node.value.oneOf ? "oneOf" : "anyOf";
  return (node.value[keyword] ?? []).map((_, index) => below<Schema>(node, keyword, index));
}

/** The types that every one of the schemas allows; none where no schema names one. */
export function typesOf(nodes: Node[]): string[] {
  const named = nodes.flatMap(({ value: { type } }) => (type === undefined ? [] : [[type].flat()]));
  const [first = [], ...others] = named;
  return first.filter((type) => others.every((other) => other.includes(type)));
}

const everyday: Record<string, string> = {
  email: "ana@example.com",
  date: "2024-01-31",
  "date-time": "2024-01-31T12:00:00Z",
  time: "12:00:00Z",
  uuid: "7b0e4a52-6f2d-4a44-9c56-1de0f2a3b4c5",
  uri: "https://example.com/",
  hostname: "example.com",
  ipv4: "192.0.2.1",
};

function plainest(document: Document, nodes: Node[], judge: SchemaJudge): unknown {
  const rule = <K extends keyof Schema>(key: K) => nodes.find(({ value }) => key in value)?.value[key];
  switch (kindOf(nodes)) {
    case "object":
      return Object.fromEntries(
        nodes.flatMap((node) =>
          Object.keys(node.value.properties ?? {})
            .filter((key) => nodes.some(({ value }) => value.required?.includes(key)))
            .map((key) => [key, sample(document, below(node, "properties", key), judge)]),
        ),
      );
    case "array": {
      const holder = nodes.find(({ value }) => value.items);
      const item = holder ? sample(document, below(holder, "items"), judge) : "a";
      return Array.from({ length: Number(rule("minItems") ?? 1) }, () => item);
    }
    case "integer":
    case "number": {
      const step = Number(rule("multipleOf") ?? 1);
      const low = Number(rule("minimum") ?? Number(rule("exclusiveMinimum") ?? 0) + step);
      return Math.min(Math.ceil(low / step) * step, Number(rule("maximum") ?? Number.POSITIVE_INFINITY));
    }
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return everyday[String(rule("format"))] ?? "a".repeat(Number(rule("minLength") ?? 4));
  }
}

function kindOf(nodes: Node[]): string {
  const type = typesOf(nodes).find((each) => each !== "null") ?? typesOf(nodes)[0];
  if (type !== undefined) return type;
  if (nodes.some(({ value }) => value.properties || value.additionalProperties)) return "object";
  return nodes.some(({ value }) => value.items) ? "array" : "string";
}

/** The rules about a value itself that can be probed here; those of its parts are the walk's concern. */
export const scalarKeywords = [
  "type",
  "const",
  "enum",
  "pattern",
  "format",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
] as const;

/**
 * Values on both sides of each rule of one schema. `good` is a value that it accepts; `wire` tells that values
 * travel as text, where 5 and "5" are the same.
 */
export function probes({ pointer, value: schema }: Node, good: unknown, wire: boolean): Probe[] {
  const found: Probe[] = [];
  const refuse = (keyword: string, value: unknown, detail = "") =>
    found.push({ name: keyword + detail, about: `${pointer}/${keyword}`, value, breaks: keyword });
  const accept = (keyword: string, value: unknown, detail: string) =>
    found.push({ name: `${keyword} ${detail}`, about: `${pointer}/${keyword}`, value });
  const text = typeof good === "string" ? good : undefined;

  if (schema.type !== undefined) {
    const types = [schema.type].flat();
    for (const [detail, value] of wrongTypes(types, wire)) refuse("type", value, `, ${detail}`);
    if (types.includes("null") && !wire) accept("type", null, "null");
    if (types.includes("boolean")) for (const value of [true, false]) accept("type", value, `${value}`);
    // A text that could be nothing else: without it, a text that looks like a number would hide a changed type.
    const free = !["enum", "const", "pattern", "format"].some((keyword) => keyword in schema);
    if (types.includes("string") && free) {
      const short = Math.min(schema.maxLength ?? 6, 6);
      accept("type", "Ñandú!".slice(0, Math.max(short, 1)), "any text");
    }
    if (types.includes("number")) accept("type", 0.5, "fraction");
    const others = types.filter((type) => type !== typeof good && type in everyKind && !wire);
    if (types.length > 1) for (const type of others) accept("type", everyKind[type], type);
  }
  if ("const" in schema) refuse("const", other(schema.const));
  if (schema.enum) {
    for (const value of schema.enum) accept("enum", value, JSON.stringify(value));
    refuse("enum", other(schema.enum.find((value) => value !== null)));
    const lower = schema.enum.find((value) => typeof value === "string" && value !== value.toLowerCase());
    if (typeof lower === "string" && !schema.enum.includes(lower.toLowerCase()))
      refuse("enum", lower.toLowerCase(), ", lower case");
  }
  if (schema.pattern !== undefined && text !== undefined) {
    for (const [detail, value] of offPattern(schema.pattern, text)) refuse("pattern", value, `, ${detail}`);
  }
  if (schema.format !== undefined && knownFormats.has(schema.format)) {
    refuse("format", offFormat[schema.format] ?? "?");
    const also = alsoFits[schema.format];
    if (also !== undefined) accept("format", also, "another");
  }
  if (text !== undefined) {
    const { minLength, maxLength } = schema;
    if (minLength !== undefined && minLength > 0) {
      accept("minLength", sized(text, minLength), "at the bound");
      refuse("minLength", sized(text, minLength - 1));
    }
    if (maxLength !== undefined) {
      accept("maxLength", sized(text, maxLength), "at the bound");
      refuse("maxLength", sized(text, maxLength + 1));
    }
  }
  const step = schema.multipleOf ?? ([schema.type].flat().includes("integer") ? 1 : 0.5);
  for (const [keyword, inside, outside] of [
    ["minimum", 0, -step],
    ["maximum", 0, step],
    ["exclusiveMinimum", step, 0],
    ["exclusiveMaximum", -step, 0],
  ] as const) {
    const bound = schema[keyword];
    if (bound === undefined) continue;
    accept(keyword, bound + inside, "at the bound");
    refuse(keyword, bound + outside);
  }
  if (schema.multipleOf !== undefined && typeof good === "number")
    refuse("multipleOf", good + schema.multipleOf / 2);
  if (Array.isArray(good) && good.length > 0) {
    const { minItems, maxItems } = schema;
    const items = (length: number) => Array.from({ length }, (_, index) => good[index % good.length]);
    if (minItems !== undefined && minItems > 0) {
      accept("minItems", items(minItems), "at the bound");
      refuse("minItems", items(minItems - 1));
    }
    if (maxItems !== undefined) {
      accept("maxItems", items(maxItems), "at the bound");
      refuse("maxItems", items(maxItems + 1));
    }
    if (schema.uniqueItems) refuse("uniqueItems", [good[0], good[0]]);
  }
  if (isObject(good)) {
    const { minProperties, maxProperties } = schema;
    const extra = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, "v"]));
    if (minProperties !== undefined && minProperties > 0)
      refuse("minProperties", Object.fromEntries(Object.entries(good).slice(0, minProperties - 1)));
    if (maxProperties !== undefined) refuse("maxProperties", { ...good, ...extra(maxProperties + 1) });
  }
  return found;
}

// One value of each scalar type, for a place that allows several.
const everyKind: Record<string, unknown> = { string: "text", integer: 5, boolean: true };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One value of each kind of mistake about the type: another scalar, null, a fraction for a whole number. */
function wrongTypes(types: string[], wire: boolean): [string, unknown][] {
  const numeric = types.includes("number") || types.includes("integer");
  const wrong: [string, unknown][] = [];
  if (wire) {
    if (!types.includes("string") && (numeric || types.includes("boolean"))) wrong.push(["text", "many"]);
  } else if (types.includes("string")) {
    if (!numeric) wrong.push(["number", 5]);
  } else {
    wrong.push(["text", "text"]);
  }
  if (!types.includes("null") && !wire) wrong.push(["null", null]);
  if (types.includes("integer") && !types.includes("number")) wrong.push(["fraction", wire ? "1.5" : 1.5]);
  return wrong;
}

/** A value of the same type that is not the same. */
function other(value: unknown): unknown {
  if (typeof value === "number") return value + 1000;
  if (typeof value === "boolean") return !value;
  return `${value}-other`;
}

/** Ways to miss a pattern: something before, something after, another case, nothing of it right. */
function offPattern(pattern: string, good: string): [string, string][] {
  const expression = new RegExp(pattern, "u");
  const foreign = ["é", " ", "-", "0", "a", "A"];
  const first = (make: (char: string) => string) => foreign.map(make).find((text) => !expression.test(text));
  const swapped = good === good.toLowerCase() ? good.toUpperCase() : good.toLowerCase();
  const ways: [string, string | undefined][] = [
    ["something before", first((char) => char + good)],
    ["something after", first((char) => good + char)],
    ["another case", swapped !== good && !expression.test(swapped) ? swapped : undefined],
    ["one more", [good + good.slice(-1)].find((text) => !expression.test(text))],
    ["one less", [good.slice(0, -1)].find((text) => text !== "" && !expression.test(text))],
    ["nothing of it", first((char) => char.repeat(Math.max(good.length, 1)))],
  ];
  return ways.flatMap(([detail, text]) => (text === undefined ? [] : [[detail, text] as [string, string]]));
}

const offFormat: Record<string, string> = {
  email: "not-an-email",
  date: "2024-13-01",
  "date-time": "yesterday",
  uuid: "not-a-uuid",
  uri: "not a uri",
};

// A second good value of a format, far from the first, so that a narrower rule in its place is noticed.
const alsoFits: Record<string, string> = {
  email: "a.b+c@sub.example.org",
  date: "2000-02-29",
  "date-time": "2024-12-31T23:59:59.999999-05:00",
  uuid: "00000000-0000-4000-8000-000000000000",
  uri: "urn:isbn:9780131103627",
};

const sized = (text: string, length: number): string =>
  text.length >= length ? text.slice(0, length) : text + (text.slice(-1) || "a").repeat(length - text.length);
