// Redacts recorded requests and responses: secrets, and the fields that the document marks as personal with `x-pii`.
import type { Document, Schema } from "../openapi/document.js";
import type { OperationNode } from "../openapi/operations.js";
import { child } from "../openapi/references.js";
import { flatten, isObject, type SchemaNode, typesOf } from "../openapi/schemas.js";

// The headers whose values show how the API works. Any other value could be a secret or a trace of a person.
const harmlessHeaders = new Set([
  ...[
    "accept",
    "accept-encoding",
    "allow",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-type",
  ],
  ...["date", "retry-after", "server", "transfer-encoding", "user-agent", "vary", "x-powered-by"],
  ...["ratelimit", "ratelimit-limit", "ratelimit-policy", "ratelimit-remaining", "ratelimit-reset"],
  ...["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"],
]);

/** Keeps the names of all headers, and the values of harmless ones. An idempotency key can contain personal data. */
export const redactHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      harmlessHeaders.has(name.toLowerCase()) ? value : "redacted",
    ]),
  );

/**
 * Replaces personal data in a body with values of the same form. A field counts as personal unless the document marks it
 * with `x-pii: none`.
 */
export function redactBody(document: Document, schema: SchemaNode | undefined, value: unknown): unknown {
  const nodes = schema ? schemasFor(document, schema) : [];
  if (Array.isArray(value)) return value.map((item) => redactMember(document, nodes, "items", item));
  if (!isObject(value)) return isMarked(nodes, "none") ? value : placeholder(nodes, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, redactMember(document, nodes, key, member)]),
  );
}

function redactMember(document: Document, nodes: SchemaNode[], key: string, value: unknown): unknown {
  const [first, ...others] = nodes.flatMap((node): SchemaNode[] => {
    if (key === "items" && node.value.items) return [child(node, "items")];
    const { properties = {}, additionalProperties } = node.value;
    if (key in properties) return [child(node, "properties", key)];
    return isObject(additionalProperties) ? [child(node, "additionalProperties")] : [];
  });
  if (!first) return redactBody(document, undefined, value);
  // Several branches of a union can describe the field. Each of them must mark it as not personal.
  const all = {
    pointer: first.pointer,
    value: { ...first.value, anyOf: [first, ...others].map((each) => each.value) },
  };
  return redactBody(document, others.length > 0 ? (all as SchemaNode) : first, value);
}

/** Every schema that can describe a value: references, `allOf`, and each branch of a union. */
function schemasFor(document: Document, node: SchemaNode, depth = 8): SchemaNode[] {
  const nodes = flatten(document, node);
  if (depth === 0) return nodes;
  return nodes.flatMap((each) => [
    each,
    ...[...(each.value.oneOf ?? []), ...(each.value.anyOf ?? [])].flatMap((branch, index) =>
      schemasFor(document, { pointer: `${each.pointer}/branch/${index}`, value: branch }, depth - 1),
    ),
  ]);
}

function isMarked(nodes: SchemaNode[], mark: string): boolean {
  const marks = nodes.flatMap(({ value }) => (value["x-pii"] === undefined ? [] : [value["x-pii"]]));
  return marks.length > 0 && marks.every((each) => each === mark);
}

const uuid = "00000000-0000-4000-8000-000000000000";

/**
 * A value of the same form, so that the recording still shows lengths, prefixes and formats: letters become `x`, digits
 * become `1`. Null and booleans stay.
 */
function placeholder(nodes: SchemaNode[], value: unknown): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isInteger(value) ? 1 : 1.5;
  const text = String(value);
  const allowed = nodes.flatMap(
    ({ value: schema }) => schema.enum ?? ("const" in schema ? [schema.const] : []),
  );
  // One of a few values that the document lists identifies nobody.
  if (allowed.includes(text)) return text;
  return isUuid(text) ? uuid : masked(text);
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);

// `11` is a valid month, day, hour and minute, so a masked date is still a date.
const masked = (text: string): string =>
  isTimestamp(text)
    ? text.replace(/\d/g, "1")
    : text
        .replace(/\p{Lu}/gu, "X")
        .replace(/(?!X)\p{L}/gu, "x")
        .replace(/\p{N}/gu, "1");

// The letters of a timestamp (`T`, `Z`) belong to its form.
const isTimestamp = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})?$/.test(text);

/** Replaces a path or query value unless it's a number or a boolean, such as the number of a page. */
export function redactParameter(
  document: Document,
  operation: OperationNode,
  name: string,
  value: string,
): string {
  const parameter = operation.parameters.find(({ value: each }) => each.name === name.replace(/\[.*/, ""));
  const schema = parameter && child<Schema>(parameter, "schema");
  const nodes = schema ? flatten(document, schema) : [];
  if (typesOf(nodes).every((type) => type === "integer" || type === "boolean") && nodes.length > 0)
    return value;
  return String(placeholder(nodes, value));
}
