// Values for a schema: one that it accepts, and values on both sides of each rule.
import type { Document, Schema } from "../openapi/document.js";
import { child } from "../openapi/references.js";
import { branches, flatten, type SchemaNode, typesOf } from "../openapi/schemas.js";
import { knownFormats, type SchemaValidator } from "./schemas.js";

/** A value that keeps a rule or breaks it. */
export interface Probe {
  name: string;
  /** JSON pointer to the keyword. */
  about: string;
  value: unknown;
  /** The keyword that it violates. Absent if the value is accepted. */
  violates?: string;
}

/**
 * A value that the schema accepts. An example of the document comes first: a pattern and a format can be too strict for a
 * generated value. Without an example, it's the simplest value.
 */
export function sample(document: Document, node: SchemaNode, validate: SchemaValidator): unknown {
  const nodes = flatten(document, node);
  const accepted = (value: unknown) => validate(node.pointer, value, "").length === 0;
  for (const { value } of nodes) {
    const candidates = [
      ...(value.examples ?? []),
      ...("const" in value ? [value.const] : []),
      ...(value.enum ?? []),
      ...("default" in value ? [value.default] : []),
    ];
    const match = candidates.find(accepted);
    if (match !== undefined) return match;
  }
  const branch = nodes.flatMap((each) => branches(each))[0];
  if (branch && typesOf(nodes).length === 0) return sample(document, branch, validate);
  return simplest(document, nodes, validate);
}

/** Values per format. `another` is unlike `valid`, so that the cases detect a narrower format. */
const valuesByFormat: Record<string, { valid: string; another: string; invalid: string }> = {
  email: { valid: "ana@example.com", another: "a.b+c@sub.example.org", invalid: "not-an-email" },
  date: { valid: "2024-01-31", another: "2000-02-29", invalid: "2024-13-01" },
  "date-time": {
    valid: "2024-01-31T12:00:00Z",
    another: "2024-12-31T23:59:59.999999-05:00",
    invalid: "yesterday",
  },
  uuid: {
    valid: "7b0e4a52-6f2d-4a44-9c56-1de0f2a3b4c5",
    another: "00000000-0000-4000-8000-000000000000",
    invalid: "not-a-uuid",
  },
  uri: { valid: "https://example.com/", another: "urn:isbn:9780131103627", invalid: "not a uri" },
};

function simplest(document: Document, nodes: SchemaNode[], validate: SchemaValidator): unknown {
  const rule = <K extends keyof Schema>(key: K) => nodes.find(({ value }) => key in value)?.value[key];
  switch (kindOf(nodes)) {
    case "object":
      return Object.fromEntries(
        nodes.flatMap((node) =>
          Object.keys(node.value.properties ?? {})
            .filter((key) => nodes.some(({ value }) => value.required?.includes(key)))
            .map((key) => [key, sample(document, child(node, "properties", key), validate)]),
        ),
      );
    case "array": {
      const holder = nodes.find(({ value }) => value.items);
      const item = holder ? sample(document, child(holder, "items"), validate) : "a";
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
      return valuesByFormat[String(rule("format"))]?.valid ?? "a".repeat(Number(rule("minLength") ?? 4));
  }
}

function kindOf(nodes: SchemaNode[]): string {
  const type = typesOf(nodes).find((each) => each !== "null") ?? typesOf(nodes)[0];
  if (type !== undefined) return type;
  if (nodes.some(({ value }) => value.properties || value.additionalProperties)) return "object";
  return nodes.some(({ value }) => value.items) ? "array" : "string";
}

/**
 * Values on both sides of each rule of one schema. `valid` is a value that it accepts. `isString` means that values are
 * sent as strings, so that 5 and "5" are the same.
 */
export function probes({ pointer, value: schema }: SchemaNode, valid: unknown, isString: boolean): Probe[] {
  const found: Probe[] = [];
  const reject = (keyword: string, value: unknown, detail = "") =>
    found.push({ name: keyword + detail, about: `${pointer}/${keyword}`, value, violates: keyword });
  const accept = (keyword: string, value: unknown, detail: string) =>
    found.push({ name: `${keyword} ${detail}`, about: `${pointer}/${keyword}`, value });
  const text = typeof valid === "string" ? valid : undefined;

  if (schema.type !== undefined) {
    const types = [schema.type].flat();
    for (const [detail, value] of wrongTypes(types, isString)) reject("type", value, `, ${detail}`);
    if (types.includes("null") && !isString) accept("type", null, "null");
    if (types.includes("boolean")) for (const value of [true, false]) accept("type", value, `${value}`);
    // A string that is clearly no number. A numeric string would hide a changed type.
    const isFree = !["enum", "const", "pattern", "format"].some((keyword) => keyword in schema);
    if (types.includes("string") && isFree) {
      const short = Math.min(schema.maxLength ?? 6, 6);
      accept("type", "Ñandú!".slice(0, Math.max(short, 1)), "any text");
    }
    if (types.includes("number")) accept("type", 0.5, "fraction");
    const others = types.filter((type) => type !== typeof valid && type in valueByType && !isString);
    if (types.length > 1) for (const type of others) accept("type", valueByType[type], type);
  }
  if ("const" in schema) reject("const", otherValue(schema.const));
  if (schema.enum) {
    for (const value of schema.enum) accept("enum", value, JSON.stringify(value));
    reject("enum", otherValue(schema.enum.find((value) => value !== null)));
    const lower = schema.enum.find((value) => typeof value === "string" && value !== value.toLowerCase());
    if (typeof lower === "string" && !schema.enum.includes(lower.toLowerCase()))
      reject("enum", lower.toLowerCase(), ", lower case");
  }
  if (schema.pattern !== undefined && text !== undefined) {
    for (const [detail, value] of mismatches(schema.pattern, text)) reject("pattern", value, `, ${detail}`);
  }
  if (schema.format !== undefined && knownFormats.has(schema.format)) {
    const { another, invalid = "?" } = valuesByFormat[schema.format] ?? {};
    reject("format", invalid);
    if (another !== undefined) accept("format", another, "another");
  }
  const [shortest, longest] = Array.isArray(valid)
    ? (["minItems", "maxItems"] as const)
    : (["minLength", "maxLength"] as const);
  if (typeof valid === "string" || (Array.isArray(valid) && valid.length > 0)) {
    const { [shortest]: minimum = 0, [longest]: maximum } = schema;
    if (minimum > 0) {
      accept(shortest, resized(valid, minimum), "at the bound");
      reject(shortest, resized(valid, minimum - 1));
    }
    if (maximum !== undefined) {
      accept(longest, resized(valid, maximum), "at the bound");
      reject(longest, resized(valid, maximum + 1));
    }
  }
  if (schema.uniqueItems && Array.isArray(valid)) reject("uniqueItems", [valid[0], valid[0]]);
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
    reject(keyword, bound + outside);
  }
  if (schema.multipleOf !== undefined && typeof valid === "number")
    reject("multipleOf", valid + schema.multipleOf / 2);
  return found;
}

// A value of each scalar type, for schemas that allow several types.
const valueByType: Record<string, unknown> = { string: "text", integer: 5, boolean: true };

/** Values of a wrong type: another scalar, null, a fraction for an integer. */
function wrongTypes(types: string[], isString: boolean): [string, unknown][] {
  const isInteger = types.includes("integer") && !types.includes("number");
  const isNumeric = isInteger || types.includes("number");
  const isText = types.includes("string");
  const wrong: [string, unknown][] = [];
  if (isString) {
    if (!isText && (isNumeric || types.includes("boolean"))) wrong.push(["text", "many"]);
    if (isInteger) wrong.push(["fraction", "1.5"]);
    return wrong;
  }
  if (!isText) wrong.push(["text", "text"]);
  else if (!isNumeric) wrong.push(["number", 5]);
  if (!types.includes("null")) wrong.push(["null", null]);
  if (isInteger) wrong.push(["fraction", 1.5]);
  return wrong;
}

/** Another value of the same type. */
function otherValue(value: unknown): unknown {
  if (typeof value === "number") return value + 1000;
  if (typeof value === "boolean") return !value;
  return `${value}-other`;
}

/** Strings that don't match a pattern, each for another reason. */
function mismatches(pattern: string, valid: string): [string, string][] {
  const expression = new RegExp(pattern, "u");
  const foreign = ["é", " ", "-", "0", "a", "A"];
  const first = (make: (char: string) => string) => foreign.map(make).find((text) => !expression.test(text));
  const swapped = valid === valid.toLowerCase() ? valid.toUpperCase() : valid.toLowerCase();
  const others: [string, string | undefined][] = [
    ["prefix added", first((char) => char + valid)],
    ["suffix added", first((char) => valid + char)],
    ["another case", swapped !== valid && !expression.test(swapped) ? swapped : undefined],
    ["one character more", [valid + valid.slice(-1)].find((text) => !expression.test(text))],
    ["one character less", [valid.slice(0, -1)].find((text) => text !== "" && !expression.test(text))],
    ["no character right", first((char) => char.repeat(Math.max(valid.length, 1)))],
  ];
  return others.filter((each): each is [string, string] => each[1] !== undefined);
}

/** A string or an array with another length: cut off, or with its last character or all of its items repeated. */
function resized(valid: string | unknown[], length: number): unknown {
  if (Array.isArray(valid)) return Array.from({ length }, (_, index) => valid[index % valid.length]);
  return valid.slice(0, length).padEnd(length, valid.slice(-1) || "a");
}
