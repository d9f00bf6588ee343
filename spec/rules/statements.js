// The statements of the document about an operation, each with its evidence. The rule `evidence`, `npm run evidence` and
// the docs use them.
import { entries, inside, isObject } from "./walk.js";

/**
 * @typedef {import("./walk.js").Node} Node
 * @typedef {import("./walk.js").At} At
 * @typedef {import("./walk.js").Resolve} Resolve
 * @typedef {{ basis: string, source: string }} Basis
 * @typedef {"operation" | "parameter" | "request field" | "constraint" | "response" | "header" | "response field"} Kind
 * @typedef {{ kind: Kind, name: string, evidence: Basis | undefined, at: At }} Statement
 */

/** The keywords of a schema that can reject a request. */
export const constraints = [
  "additionalProperties",
  "const",
  "enum",
  "format",
  "pattern",
  "minLength",
  "maxLength",
];
constraints.push(
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
);

/**
 * Every statement about an operation. Evidence is inherited within a file. A `$ref` has the evidence of its target, unless
 * it has its own.
 *
 * @param {Node} operation
 * @param {At} at
 * @param {Resolve} resolve
 * @returns {Generator<Statement>}
 */
export function* statementsOf(operation, at, resolve) {
  /** @type {Set<Node>} */
  const seen = new Set();
  const evidence = operation["x-evidence"];
  yield { kind: "operation", name: operation.operationId, evidence, at };

  for (const [index, raw] of (operation.parameters ?? []).entries()) {
    const parameter = follow(raw, at.child(["parameters", index]), evidence, resolve);
    const { name, schema } = parameter.node;
    yield { kind: "parameter", name, evidence: parameter.evidence, at: parameter.place };
    yield* fields(schema, parameter.at.child(["schema"]), parameter.evidence, {
      name,
      field: "request field",
      seen,
      resolve,
    });
  }

  const body = follow(operation.requestBody, at.child(["requestBody"]), evidence, resolve);
  yield* contents(body, "body", "request field", seen, resolve);

  for (const [status, raw] of entries(operation.responses)) {
    const response = follow(raw, at.child(["responses", status]), evidence, resolve);
    yield { kind: "response", name: status, evidence: response.evidence, at: response.place };
    for (const [name, rawHeader] of entries(response.node.headers)) {
      const header = follow(rawHeader, response.at.child(["headers", name]), response.evidence, resolve);
      yield { kind: "header", name, evidence: header.evidence, at: header.place };
    }
    yield* contents(response, status, "response field", seen, resolve);
  }
}

/** @param {Followed} holder @param {string} name @param {Kind} field @param {Set<Node>} seen @param {Resolve} resolve */
function* contents(holder, name, field, seen, resolve) {
  for (const [mediaType, { schema }] of entries(holder.node?.content))
    yield* fields(schema, holder.at.child(["content", mediaType, "schema"]), holder.evidence, {
      name,
      field,
      seen,
      resolve,
    });
}

/**
 * @param {Node} raw
 * @param {At} rawAt
 * @param {Basis | undefined} inherited
 * @param {{ name: string, field: Kind, seen: Set<Node>, resolve: Resolve }} walk
 * @returns {Generator<Statement>}
 */
function* fields(raw, rawAt, inherited, walk) {
  if (!isObject(raw)) return;
  const { node, at, evidence } = follow(raw, rawAt, inherited, walk.resolve);
  if (walk.seen.has(node)) return;
  walk.seen.add(node);
  const name = schemaName(raw) ?? walk.name;

  for (const keyword of walk.field === "request field" ? constraints : []) {
    if (node[keyword] === undefined || isObject(node[keyword])) continue;
    const own = node["x-evidence"]?.constraints?.[keyword] ?? evidence;
    yield { kind: "constraint", name: `${name}: ${keyword}`, evidence: own, at: at.child([keyword]) };
  }
  for (const child of inside(node)) {
    const place = at.child(child.keys);
    const childName = child.property ? `${name}.${child.property}` : name;
    if (child.property) {
      const field = follow(child.node, place, evidence, walk.resolve);
      yield { kind: walk.field, name: childName, evidence: field.evidence, at: place };
    }
    // A form of a `oneOf` may have weaker evidence than the others, such as a page as a bare array.
    if (!child.property && child.node["x-evidence"]) {
      const form = `${name} as ${child.node.type}`;
      yield { kind: walk.field, name: form, evidence: child.node["x-evidence"], at: place };
    }
    yield* fields(child.node, place, evidence, { ...walk, name: childName });
  }
}

/**
 * @typedef {{ node: Node, at: At, place: At, evidence: Basis | undefined }} Followed
 * @param {Node} raw
 * @param {At} place
 * @param {Basis | undefined} inherited
 * @param {Resolve} resolve
 * @returns {Followed}
 */
function follow(raw, place, inherited, resolve) {
  const { node, at } = resolve(raw, place);
  const own =
    raw?.$ref === undefined ? (node?.["x-evidence"] ?? inherited) : (raw["x-evidence"] ?? node["x-evidence"]);
  return { node, at, place, evidence: own };
}

/** `Customer` for `#/components/schemas/Customer` and for `../schemas/Customer.yaml`. @param {Node} schema */
const schemaName = (schema) => /([^/]+?)(?:\.yaml)?$/.exec(schema.$ref ?? "")?.[1];
