// Compares recorded traffic with the specification: which statements it shows, and which ones it contradicts.
import { entries, inside, isObject } from "../../spec/rules/walk.js";
import { essence, isJson } from "../openapi/media-types.js";
import { keysOf } from "../openapi/pointers.js";
import { isSuccess } from "../openapi/statuses.js";
import {
  type Holder,
  type Matched,
  matchOperation,
  parametersOf,
  requestBodyOf,
  responseFor,
} from "./exchange.js";
import { type DriftEvent, type Exchange, parsed, type Recording } from "./recording.js";
import { type Node, type Place, placeId, type Spec } from "./spec.js";
import { type Collector, collector, type Reports, reportsOf, type StatementReport } from "./statements.js";
import { describedValues } from "./values.js";

export interface Comparison {
  statements: StatementReport[];
  /** The number of exchanges for each operation with any. */
  exchanges: Record<string, number>;
  /** Requests that the specification doesn't describe: method, and the number of their entry. */
  undocumented: { file: string; entry: number; method: string }[];
  otherServers: number;
}

export function compare(spec: Spec, recordings: Recording[], servers: string[]): Comparison {
  const reports = reportsOf(spec);
  const counts: Record<string, number> = {};
  const undocumented: Comparison["undocumented"] = [];
  for (const exchange of recordings.flatMap((recording) => recording.exchanges)) {
    // A request without a response shows nothing.
    if (exchange.status === 0) continue;
    const matched = matchOperation(spec, exchange, servers);
    if (matched) {
      addExchange(spec, reports, matched);
      counts[matched.operation.id] = (counts[matched.operation.id] ?? 0) + 1;
    } else undocumented.push({ file: exchange.file, entry: exchange.entry, method: exchange.method });
  }
  for (const event of recordings.flatMap(({ events }) => events)) addEvent(spec, reports, event);
  return {
    statements: [...reports.values()],
    exchanges: counts,
    undocumented,
    otherServers: recordings.reduce((sum, recording) => sum + recording.otherServers, 0),
  };
}

function addExchange(spec: Spec, reports: Reports, matched: Matched): void {
  const { exchange, operation } = matched;
  const collected = collector(spec, reports, exchange);
  const { show, contradict } = collected;
  const responseBody = parsed(exchange.responseBody);
  const parameters = parametersOf(spec, matched);
  const { schema, schemaAt } = requestBodyOf(spec, operation);
  const requestBody = parsed(exchange.requestBody ?? "");
  const values = [...describedValues(spec, schema, [operation.at, schemaAt], requestBody, "/request/body")];
  const violations = [...parameters.flatMap(({ described }) => described), ...values].flatMap(
    (each) => each.violations,
  );

  if (isSuccess(exchange.status)) {
    show(operation.at);
    for (const { node, place, value } of parameters)
      if (value !== undefined && (node.in !== "query" || isEchoed(node.name, value, responseBody)))
        show(place);
    for (const { places, value } of values) show(places.at(-1) as Place, value);
    for (const { places, pointer, seen } of violations) contradict(places, pointer, seen);
  }
  const isComplete = parameters.every(({ node, value }) => value !== undefined || !node.required);
  if (isComplete && (exchange.status === 400 || exchange.status === 422)) {
    // A request with several mistakes shows nothing about any of them.
    const [id = "", ...others] = new Set(violations.map(({ places }) => placeId(places.at(-1) as Place)));
    const broken = reports.get(id);
    if (broken?.kind === "constraint" && others.length === 0) show(broken.place);
  }

  const response = responseFor(spec, operation, exchange.status);
  if (response) addResponse(spec, response, exchange, collected);
  else if (isSuccess(exchange.status)) {
    // Another 2xx contradicts the one that is documented. Another error status contradicts nothing.
    const documented = Object.keys(operation.node.responses ?? {}).filter(isSuccess);
    const places = documented.map((status) => operation.at.child(["responses", status]));
    contradict(places.slice(0, 1), "/response/status", `status ${exchange.status}`);
  }
  collected.finish();
}

/** A server may ignore a query parameter, so sending it shows nothing. A page's number and size come back. */
function isEchoed(name: string, value: string | number, body: unknown): boolean {
  if (!isObject(body)) return false;
  const holders = [body, ...(isObject(body.meta) ? [body.meta] : [])];
  return holders.some((holder) =>
    [name, `current_${name}`].some((key) => String(holder[key]) === String(value)),
  );
}

function addResponse(
  spec: Spec,
  response: Holder,
  exchange: Exchange,
  { show, contradict }: Collector,
): void {
  const { node, at, place, schema, schemaAt } = response;
  for (const [name] of entries(node.headers))
    if (name.toLowerCase() in exchange.responseHeaders) show(at.child(["headers", name]));
  const body = parsed(exchange.responseBody);
  const problem = bodyProblem(node, exchange, body);
  if (problem) {
    contradict([place], "/response/body", problem);
    return;
  }
  show(place);
  for (const described of describedValues(spec, schema, [place, schemaAt], body, "/response/body")) {
    show(described.places.at(-1) as Place, described.value);
    for (const { places, pointer, seen } of described.violations) contradict(places, pointer, seen);
  }
}

/** What is wrong with a body as a whole. The document allows an error from a proxy that isn't JSON. */
function bodyProblem({ content }: Node, { status, responseBody, responseHeaders }: Exchange, body: unknown) {
  const types = Object.keys(content ?? {}).map(essence);
  if (types.length === 0) return responseBody === "" ? undefined : "a body";
  if (!isSuccess(status)) return undefined;
  if (responseBody === "") return "no body";
  const type = essence(responseHeaders["content-type"]);
  if (!types.includes(type)) return `the media type ${type || "(none)"}`;
  return isJson(type) && body === undefined ? "a body that isn't JSON" : undefined;
}

/**
 * Adds an event of onepay-client/drift. It shows the status of a response, and the problems of its body. A field that the
 * document doesn't describe contradicts nothing, since responses are open.
 */
function addEvent(
  spec: Spec,
  reports: Reports,
  { file, line, operation: id, status, problems }: DriftEvent,
): void {
  const operation = spec.operations.find((each) => each.id === id);
  if (!operation) return;
  const { show, contradict, finish } = collector(spec, reports, { file, entry: line });
  const response = responseFor(spec, operation, status);
  if (response) show(response.place);
  else contradict([operation.at], "/response/status", `${status}, an undocumented status`);
  for (const { pointer, keyword, expected } of problems) {
    if (!response || keyword === "additional") continue;
    const field = fieldAt(spec, response.schema, response.schemaAt, keysOf(pointer));
    const seen = `breaks ${keyword}${expected ? ` (expected ${expected})` : ""}`;
    contradict(field ? [response.place, field] : [response.place], `/response/body${pointer}`, seen);
  }
  finish();
}

/** The place of the field at a path of keys, in any form of the schema. */
function fieldAt(spec: Spec, raw: Node, rawAt: Place, keys: string[]): Place | undefined {
  const [key, ...rest] = keys;
  if (key === undefined || !isObject(raw)) return undefined;
  const { node, at } = spec.resolve(raw, rawAt);
  for (const { keys: steps, node: inner, property } of inside(node)) {
    if (property && property !== key) continue;
    const place = at.child(steps);
    const isForm = ["oneOf", "anyOf", "allOf"].includes(String(steps[0]));
    const found = fieldAt(spec, inner, place, isForm ? keys : rest) ?? (property ? place : undefined);
    if (found) return found;
  }
  return undefined;
}
