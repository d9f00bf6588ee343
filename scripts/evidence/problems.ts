// Finds the statements that the problems of Redocly's `drift` and of onepay-client/drift contradict.
import { isJson } from "../openapi/media-types.js";
import { keysOf, pointerOf } from "../openapi/pointers.js";
import { isObject } from "../openapi/schemas.js";
import { findResponse } from "../openapi/statuses.js";
import type { DriftProblem } from "./drift.js";
import { parsed } from "./exchange.js";
import type { DriftEvent, Exchange } from "./recording.js";
import { type Node, type Place, placeId, type Spec, type SpecOperation } from "./spec.js";
import { addContradiction, confirms, type Reports, type StatementReport } from "./statements.js";
import { matchingForms, typeOf } from "./values.js";

/** Adds a problem of Redocly's `drift` to the statement that it contradicts. */
export function addProblem(spec: Spec, reports: Reports, problem: DriftProblem): void {
  const { exchange, target, keyword, pointer, times } = problem;
  const operation = spec.operations.find(({ id }) => id === problem.operation);
  const holder = operation && bodyHolder(spec, operation, exchange, target);
  if (!holder) return;
  const body = parsed(target === "request" ? (exchange.requestBody ?? "") : exchange.responseBody);
  const found = statementAt(spec, reports, holder, problem, body);
  if (!found) return;
  addContradiction(found, {
    file: exchange.file,
    entry: exchange.entry,
    pointer: `/${target}/body${pointer}`,
    seen: seenText(problem, body, keyword),
    times,
  });
  // Drift reports an exchange for each value. A statement isn't confirmed by the exchanges that contradict it.
  found.seen = Math.max(0, found.seen - times);
}

interface Holder {
  schema: Node;
  at: Place;
  /** The statement about the response, or the operation for a request. */
  fallback: Place;
}

function bodyHolder(
  spec: Spec,
  { node, at }: SpecOperation,
  { status }: Exchange,
  target: "request" | "response",
): Holder | undefined {
  const documented = Object.keys(node.responses ?? {}).map((each) => ({ status: each }));
  const keys =
    target === "request" ? ["requestBody"] : ["responses", findResponse(documented, status)?.status ?? ""];
  const raw = keys.reduce((inner: Node, key) => inner?.[key], node);
  if (!raw) return undefined;
  const place = at.child(keys);
  const resolved = spec.resolve(raw, place) as { node: Node; at: Place };
  const type = Object.keys(resolved.node.content ?? {}).find(isJson);
  if (type === undefined) return undefined;
  return {
    schema: resolved.node.content[type].schema,
    at: resolved.at.child(["content", type, "schema"]),
    fallback: target === "request" ? at : place,
  };
}

/**
 * The innermost statement on the way to the broken keyword, or undefined for a form of a `oneOf` that isn't meant for
 * the value.
 */
function statementAt(
  spec: Spec,
  reports: Reports,
  holder: Holder,
  { schemaKeys, pointer, missing }: DriftProblem,
  body: unknown,
): StatementReport | undefined {
  let { node, at } = spec.resolve(holder.schema, holder.at) as { node: Node; at: Place };
  let best = reports.get(placeId(holder.fallback));
  let value = body;
  const dataKeys = keysOf(pointer);
  const keys = [...schemaKeys];
  const consider = (place: Place) => {
    best = reports.get(placeId(place)) ?? best;
  };
  const descendInto = (steps: (string | number)[]) => {
    const place = at.child(steps);
    consider(place);
    const raw = steps.reduce((inner: Node, key) => inner?.[key], node);
    ({ node, at } = spec.resolve(raw, place) as { node: Node; at: Place });
  };
  while (keys.length > 1 || (keys.length === 1 && keys[0] === "items")) {
    const [keyword = "", key = ""] = keys;
    if (["oneOf", "anyOf"].includes(keyword)) {
      const meant = matchingForms(node, at, keyword, value, spec.resolve);
      if (!meant.includes(Number(key))) return undefined;
    }
    const isPair = ["properties", "oneOf", "anyOf", "allOf", "prefixItems"].includes(keyword);
    keys.splice(0, isPair ? 2 : 1);
    if (["properties", "items", "additionalProperties"].includes(keyword))
      value = (value as Record<string, unknown> | undefined)?.[dataKeys.shift() ?? ""];
    descendInto(isPair ? [keyword, keyword === "properties" ? key : Number(key)] : [keyword]);
  }
  const [keyword = ""] = keys;
  const isForms = keyword === "oneOf" || keyword === "anyOf";
  // Its problem is the one inside the form that is meant for the value.
  if (isForms && matchingForms(node, at, keyword, value, spec.resolve).length > 0) return undefined;
  consider(at.child([keyword]));
  if (missing !== undefined) consider(at.child(["properties", missing]));
  return best;
}

function seenText({ pointer, missing }: DriftProblem, body: unknown, keyword: string): string {
  if (missing !== undefined) return "absent";
  if (keyword === "additionalProperties") return "a field that isn't described";
  const value = keysOf(pointer).reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown>)?.[key],
    body,
  );
  return keyword === "type" ? typeOf(value) : `${typeOf(value)} that breaks ${keyword}`;
}

/**
 * Adds an event of onepay-client/drift. It shows the status of a response, and the problems of its body. A field that the
 * document doesn't describe contradicts nothing, since responses are open.
 */
export function addEvent(spec: Spec, reports: Reports, event: DriftEvent): void {
  const operation = spec.operations.find(({ id }) => id === event.operation);
  if (!operation) return;
  const documented = Object.keys(operation.node.responses ?? {}).map((status) => ({ status }));
  const status = findResponse(documented, event.status)?.status;
  if (status === undefined) {
    const found = reports.get(placeId(operation.at));
    const seen = `${event.status}, an undocumented status`;
    if (found) addContradiction(found, { ...positionOf(event), pointer: "/response/status", seen, times: 1 });
    return;
  }
  const place = operation.at.child(["responses", status]);
  const response = reports.get(placeId(place));
  if (response && confirms(spec.sources[response.source], undefined)) response.seen += 1;
  const resolved = spec.resolve(operation.node.responses[status], place) as { node: Node; at: Place };
  const type = Object.keys(resolved.node.content ?? {}).find(isJson);
  const schema = type && resolved.node.content[type].schema;
  for (const { pointer, keyword, expected } of event.problems) {
    if (keyword === "additional") continue;
    const at = resolved.at.child(["content", type ?? "", "schema"]);
    const found = fieldAt(spec, reports, schema, at, keysOf(`#${pointer.replace(/^#/, "")}`)) ?? response;
    const seen = `breaks ${keyword}${expected ? ` (expected ${expected})` : ""}`;
    if (found)
      addContradiction(found, {
        ...positionOf(event),
        pointer: `/response/body${pointerOf(keysOf(pointer)).slice(1)}`,
        seen,
        times: 1,
      });
  }
}

const positionOf = ({ file, line }: DriftEvent) => ({ file, entry: line });

/** The statement about the field at a path of keys, in any form of the schema. */
function fieldAt(
  spec: Spec,
  reports: Reports,
  raw: Node,
  rawAt: Place,
  keys: string[],
): StatementReport | undefined {
  const { node, at } = spec.resolve(raw, rawAt) as { node: Node; at: Place };
  if (!isObject(node)) return undefined;
  const [key, ...rest] = keys;
  if (key === undefined) return undefined;
  const property = (node.properties as Node)?.[key];
  if (property) {
    const place = at.child(["properties", key]);
    return fieldAt(spec, reports, property, place, rest) ?? reports.get(placeId(place));
  }
  for (const keyword of ["items", "additionalProperties"]) {
    if (!isObject(node[keyword])) continue;
    const inner = fieldAt(spec, reports, node[keyword], at.child([keyword]), rest);
    if (inner) return inner;
  }
  for (const keyword of ["allOf", "oneOf", "anyOf"])
    for (const [index, member] of ((node[keyword] ?? []) as Node[]).entries()) {
      const inner = fieldAt(spec, reports, member, at.child([keyword, index]), keys);
      if (inner) return inner;
    }
  return undefined;
}
