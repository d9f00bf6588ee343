// Out of what was sent and answered: secrets and what tells of a person, as the document marks it with `x-pii`.
import { below, type Document, flatten, type Node, type OperationNode, type Schema } from "./document.js";
import { isObject, typesOf } from "./values.js";

const secretHeaders = ["authorization", "cookie", "set-cookie", "x-idempotency"];

/** Headers with the secrets in them replaced. An idempotency key is one: it may be built from personal data. */
export function redactHeaders(
  operation: OperationNode | undefined,
  headers: Record<string, string>,
): Record<string, string> {
  const schemes =
    operation?.security.requirements.flat().map(({ scheme }) => scheme.name?.toLowerCase()) ?? [];
  const secret = (name: string) => secretHeaders.includes(name) || schemes.includes(name);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secret(name.toLowerCase()) ? "redacted" : value]),
  );
}

/**
 * A body with personal data replaced by values of the same form. What the document does not know, and what it does
 * not mark as telling of nobody, is taken for personal.
 */
export function redactBody(document: Document, schema: Node | undefined, value: unknown): unknown {
  const nodes = schema ? reach(document, schema) : [];
  if (Array.isArray(value)) return value.map((item) => redactMember(document, nodes, "items", item));
  if (!isObject(value)) return isMarked(nodes, "none") ? value : stand(nodes, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, redactMember(document, nodes, key, member)]),
  );
}

function redactMember(document: Document, nodes: Node[], key: string, value: unknown): unknown {
  const [first, ...others] = nodes.flatMap((node): Node[] => {
    if (key === "items" && node.value.items) return [below(node, "items")];
    const { properties = {}, additionalProperties } = node.value;
    if (key in properties) return [below(node, "properties", key)];
    return isObject(additionalProperties) ? [below(node, "additionalProperties")] : [];
  });
  if (!first) return redactBody(document, undefined, value);
  // The branches of a union may describe the same field: all of them must hold it harmless.
  const all = {
    pointer: first.pointer,
    value: { ...first.value, anyOf: [first, ...others].map((each) => each.value) },
  };
  return redactBody(document, others.length > 0 ? (all as Node) : first, value);
}

/** Everything that may describe a value: references, `allOf`, and every branch of a union. */
function reach(document: Document, node: Node, depth = 8): Node[] {
  const nodes = flatten(document, node);
  if (depth === 0) return nodes;
  return nodes.flatMap((each) => [
    each,
    ...[...(each.value.oneOf ?? []), ...(each.value.anyOf ?? [])].flatMap((branch, index) =>
      reach(document, { pointer: `${each.pointer}/branch/${index}`, value: branch }, depth - 1),
    ),
  ]);
}

function isMarked(nodes: Node[], mark: string): boolean {
  const marks = nodes.flatMap(({ value }) => (value["x-pii"] === undefined ? [] : [value["x-pii"]]));
  return marks.length > 0 && marks.every((each) => each === mark);
}

const sameForm: Record<string, string> = {
  uuid: "00000000-0000-4000-8000-000000000000",
  email: "redacted@example.com",
  date: "2000-01-01",
  "date-time": "2000-01-01T00:00:00Z",
};

/** Something of the same form that says nothing. Whether a value is null or empty is no secret. */
function stand(nodes: Node[], value: unknown): unknown {
  if (value === null || value === "" || typeof value === "boolean") return value;
  if (typeof value === "number") return 0;
  const format = nodes.map((node) => node.value.format).find((each) => each !== undefined);
  const fixed = nodes.flatMap(
    ({ value: schema }) => schema.enum ?? ("const" in schema ? [schema.const] : []),
  )[0];
  return fixed ?? sameForm[format ?? formOf(String(value))] ?? "redacted";
}

const formOf = (text: string): string =>
  /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text) ? "uuid" : "";

/** A path or query value: what a parameter holds tells of somebody unless the document says otherwise. */
export function redactParameter(
  document: Document,
  operation: OperationNode,
  name: string,
  value: string,
): string {
  const parameter = operation.parameters.find(({ value: each }) => each.name === name.replace(/\[.*/, ""));
  const schema = parameter && below<Schema>(parameter, "schema");
  const nodes = schema ? flatten(document, schema) : [];
  // A number of a page tells of nobody.
  if (typesOf(nodes).every((type) => type === "integer" || type === "boolean") && nodes.length > 0)
    return value;
  return String(stand(nodes, value));
}
