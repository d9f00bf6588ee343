// Walks from an operation to its schemas. Redocly visits a shared schema once, for its first reference, so a rule that
// treats requests and responses differently can't rely on Redocly's own walk.

/**
 * A node of the document, and its location.
 *
 * @typedef {any} Node
 * @typedef {{ child(keys: (string | number)[]): At, key(): At }} At
 * @typedef {{ node: Node, at: At }} Found
 * @typedef {(node: Node, at: At) => Found} Resolve
 */

/** @param {unknown} value @returns {value is Record<string, Node>} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {Node} value @returns {[string, Node][]} */
export const entries = (value) => (isObject(value) ? Object.entries(value) : []);

/**
 * Redocly's resolver, as a function of a node and its location.
 *
 * @param {any} context
 * @returns {Resolve}
 */
export const resolver = (context) => (node, at) => {
  if (typeof node?.$ref !== "string") return { node, at };
  const { node: target, location } = context.resolve(node, /** @type {any} */ (at).source.absoluteRef);
  return { node: target ?? {}, at: location ?? at };
};

/**
 * The schemas directly inside a schema, with the keys that lead to them.
 *
 * @param {Node} schema
 * @returns {{ keys: (string | number)[], node: Node, property?: string }[]}
 */
export function inside(schema) {
  const found = entries(schema.properties).map(([property, node]) => ({
    keys: ["properties", property],
    node,
    property,
  }));
  for (const key of ["items", "additionalProperties", "not"]) {
    if (isObject(schema[key])) found.push({ keys: [key], node: schema[key], property: "" });
  }
  for (const key of ["oneOf", "anyOf", "allOf", "prefixItems"]) {
    for (const [index, node] of (schema[key] ?? []).entries())
      found.push({ keys: [key, index], node, property: "" });
  }
  return /** @type {any} */ (found);
}

/**
 * A schema and all schemas below it, each once. `raw` is the node before its `$ref` is resolved, with the siblings.
 *
 * @param {Node} raw
 * @param {At} rawAt
 * @param {Resolve} resolve
 * @param {Set<Node>} [seen]
 * @returns {Generator<Found & { raw: Node, rawAt: At, property?: string }>}
 */
export function* schemasUnder(raw, rawAt, resolve, seen = new Set(), property = "") {
  if (!isObject(raw)) return;
  const { node, at } = resolve(raw, rawAt);
  yield { node, at, raw, rawAt, property };
  if (seen.has(node)) return;
  seen.add(node);
  for (const child of inside(node))
    yield* schemasUnder(child.node, at.child(child.keys), resolve, seen, child.property);
}

/**
 * The schemas of an operation's request body or of its responses, each once.
 *
 * @param {Node} operation
 * @param {At} at
 * @param {Resolve} resolve
 * @param {"request" | "response"} side
 */
export function* schemasOf(operation, at, resolve, side) {
  const seen = new Set();
  const holders =
    side === "request"
      ? [{ raw: operation.requestBody, place: at.child(["requestBody"]) }]
      : entries(operation.responses).map(([status, raw]) => ({
          raw,
          place: at.child(["responses", status]),
        }));
  for (const { raw, place } of holders) {
    if (!isObject(raw)) continue;
    const holder = resolve(raw, place);
    for (const [mediaType, content] of entries(holder.node.content))
      yield* schemasUnder(content.schema, holder.at.child(["content", mediaType, "schema"]), resolve, seen);
  }
}

/**
 * Reports a location once, even if several operations lead to it.
 *
 * @param {any} context
 * @param {Set<string>} reported
 * @param {At} at
 * @param {string} message
 */
export function reportOnce(context, reported, at, message) {
  const { source, pointer } = /** @type {any} */ (at);
  const place = `${source.absoluteRef}${pointer} ${message}`;
  if (reported.has(place)) return;
  reported.add(place);
  context.report({ message, location: at });
}
