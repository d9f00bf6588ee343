// Compares recorded traffic with the specification: which statements it shows, and which ones it contradicts.
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { constraints as constraintKeywords, type Statement } from "../../spec/rules/statements.js";
import { essence, isJson } from "../openapi/media-types.js";
import { keysOf, pointerOf } from "../openapi/pointers.js";
import { isObject } from "../openapi/schemas.js";
import { findResponse } from "../openapi/statuses.js";
import { type DriftProblem, driftProblems } from "./drift.js";
import { matchPath } from "./match.js";
import type { DriftEvent, Exchange, Recording } from "./recording.js";
import {
  lineOf,
  type Place,
  placeId,
  type Source,
  type Spec,
  type SpecOperation,
  statementsIn,
} from "./spec.js";
import { describedValues, matchingForms, typeOf } from "./values.js";

/** A value that a statement doesn't allow. It has the place of the value, never the value. */
export interface Contradiction {
  /** The recording. */
  file: string;
  /** The number of the HAR entry, or of the line. */
  entry: number;
  /** JSON pointer into the exchange: `/response/body/balance`. */
  pointer: string;
  /** What was seen, as types and keywords. */
  seen: string;
  times: number;
}

export interface StatementReport {
  operations: string[];
  kind: Statement["kind"];
  name: string;
  basis: string;
  source: string;
  place: Place;
  file: string;
  line: number;
  /** The number of exchanges that show it. */
  seen: number;
  contradictions: Contradiction[];
}

export interface Comparison {
  statements: StatementReport[];
  /** The number of exchanges for each operation with any. */
  exchanges: Record<string, number>;
  /** Requests that the specification doesn't describe: method, and the number of their entry. */
  undocumented: { file: string; entry: number; method: string }[];
  otherServers: number;
}

interface Matched {
  exchange: Exchange;
  operation: SpecOperation;
  parameters: Record<string, string>;
}

export async function compare(spec: Spec, recordings: Recording[], servers: string[]): Promise<Comparison> {
  const reports = reportsOf(spec);
  const exchanges = recordings.flatMap((recording) => recording.exchanges);
  const matched: Matched[] = [];
  const undocumented: Comparison["undocumented"] = [];
  for (const exchange of exchanges) {
    const found = matchOperation(spec, exchange, servers);
    if (found) matched.push(found);
    else undocumented.push({ file: exchange.file, entry: exchange.entry, method: exchange.method });
  }
  for (const each of matched) countExchange(spec, reports, each);
  for (const server of servers) {
    const own = matched.map(({ exchange }) => exchange).filter(({ url }) => url.startsWith(server));
    for (const problem of await driftProblems(spec.rootFile, own, server)) addProblem(spec, reports, problem);
  }
  for (const event of recordings.flatMap(({ events }) => events)) addEvent(spec, reports, event);
  const counts: Record<string, number> = {};
  for (const { operation } of matched) counts[operation.id] = (counts[operation.id] ?? 0) + 1;
  return {
    statements: [...reports.values()],
    exchanges: counts,
    undocumented,
    otherServers: recordings.reduce((sum, recording) => sum + recording.otherServers, 0),
  };
}

type Reports = Map<string, StatementReport>;

/** A report for each statement. A statement about a shared component is one, with all operations that use it. */
function reportsOf(spec: Spec): Reports {
  const reports: Reports = new Map();
  for (const operation of spec.operations)
    for (const { kind, name, evidence, at } of statementsIn(operation, spec.resolve)) {
      if (!evidence) continue;
      const place = at as Place;
      const known = reports.get(placeId(place));
      if (known) known.operations.push(operation.id);
      else
        reports.set(placeId(place), {
          operations: [operation.id],
          kind,
          name,
          basis: evidence.basis,
          source: evidence.source,
          place,
          ...lineOf(spec, place),
          seen: 0,
          contradictions: [],
        });
    }
  return reports;
}

function matchOperation(spec: Spec, exchange: Exchange, servers: string[]): Matched | undefined {
  const server = servers.find((each) => exchange.url.startsWith(each)) ?? "";
  const path = exchange.url.slice(server.length).split(/[?#]/)[0] ?? "";
  const found = matchPath(spec.operations, exchange.method, path);
  return found && { exchange, ...found };
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

// biome-ignore lint/suspicious/noExplicitAny: a node of a YAML file, as in spec/rules.
type Node = any;

/** Counts every statement that an exchange shows. Each counts once per exchange. */
function countExchange(spec: Spec, reports: Reports, matched: Matched): void {
  const { exchange, operation } = matched;
  const shown = new Set<string>();
  const show = (place: Place, value?: unknown) => {
    const report = reports.get(placeId(place));
    if (report && confirms(spec.sources[report.source], value)) shown.add(placeId(place));
  };
  const responseBody = parsed(exchange.responseBody);
  if (isSuccess(exchange.status)) {
    show(operation.at);
    showRequest(spec, matched, responseBody, show);
  }
  showResponse(spec, reports, matched, responseBody, show);
  for (const broken of soleBrokenConstraint(spec, matched, reports)) {
    if (exchange.status === 400 || exchange.status === 422) show(broken.place);
    else if (isSuccess(exchange.status) && broken.location !== "body")
      contradict(reports, broken.place, exchange, broken.pointer, `a value that breaks ${broken.keyword}`);
  }
  for (const id of shown) {
    const report = reports.get(id);
    if (report) report.seen += 1;
  }
}

/** Whether a value is what an assumption of this source needs. Other statements only need to be present. */
function confirms(source: Source | undefined, value: unknown): boolean {
  switch (source?.["x-confirmed-by"]) {
    case "null":
      return value === null;
    case "nothing":
      return false;
    default:
      return true;
  }
}

type Show = (place: Place, value?: unknown) => void;

function showRequest(spec: Spec, matched: Matched, responseBody: unknown, show: Show): void {
  const { operation, exchange } = matched;
  for (const { node, place } of parametersOf(spec, operation)) {
    const value = parameterValue(node, matched);
    if (value !== undefined && (node.in !== "query" || isEchoed(node.name, value, responseBody))) show(place);
  }
  const body = spec.resolve(operation.node.requestBody, operation.at.child(["requestBody"]));
  const schema = body.node?.content?.["application/json"]?.schema;
  const at = (body.at as Place).child(["content", "application/json", "schema"]);
  const value = parsed(exchange.requestBody ?? "");
  for (const found of describedValues(schema, at, value, spec.resolve)) show(found.place, found.value);
}

/** A server may ignore a query parameter, so sending it shows nothing. A page's number and size come back. */
function isEchoed(name: string, value: string, body: unknown): boolean {
  if (!isObject(body)) return false;
  const holders = [body, ...(isObject(body.meta) ? [body.meta] : [])];
  return holders.some((holder) => [name, `current_${name}`].some((key) => String(holder[key]) === value));
}

function parametersOf(spec: Spec, { node, at }: SpecOperation): { node: Node; at: Place; place: Place }[] {
  return (node.parameters ?? []).map((raw: Node, index: number) => {
    const place = at.child(["parameters", index]);
    return { ...spec.resolve(raw, place), place };
  });
}

function parameterValue({ in: location, name }: Node, { exchange, parameters }: Matched): string | undefined {
  if (location === "path") return parameters[name];
  if (location === "header") return exchange.requestHeaders[name.toLowerCase()];
  return new URL(exchange.url).searchParams.get(name) ?? undefined;
}

function showResponse(spec: Spec, reports: Reports, matched: Matched, body: unknown, show: Show): void {
  const { operation, exchange } = matched;
  const documented = Object.keys(operation.node.responses ?? {}).map((status) => ({ status }));
  const found = findResponse(documented, exchange.status);
  if (!found) {
    // Another 2xx contradicts the one that is documented. Another error status contradicts nothing.
    const success = documented.find(({ status }) => status.startsWith("2"));
    if (isSuccess(exchange.status) && success)
      contradict(
        reports,
        operation.at.child(["responses", success.status]),
        exchange,
        "/response/status",
        `status ${exchange.status}`,
      );
    return;
  }
  const place = operation.at.child(["responses", found.status]);
  const response = spec.resolve(operation.node.responses[found.status], place) as { node: Node; at: Place };
  const problem = bodyProblem(response.node, exchange, body);
  if (problem) contradict(reports, place, exchange, "/response/body", problem);
  else show(place);
  for (const name of Object.keys(response.node.headers ?? {}))
    if (name.toLowerCase() in exchange.responseHeaders) show(response.at.child(["headers", name]));
  const type = Object.keys(response.node.content ?? {}).find(isJson);
  if (problem || type === undefined) return;
  const at = response.at.child(["content", type, "schema"]);
  for (const each of describedValues(response.node.content[type].schema, at, body, spec.resolve))
    show(each.place, each.value);
}

/** What is wrong with a body as a whole. The document allows an error from a proxy that isn't JSON. */
function bodyProblem({ content }: Node, { status, responseBody, responseHeaders }: Exchange, body: unknown) {
  const types = Object.keys(content ?? {});
  if (types.length === 0) return responseBody === "" ? undefined : "a body";
  if (responseBody === "") return isSuccess(status) ? "no body" : undefined;
  const type = essence(responseHeaders["content-type"]);
  if (!types.some((each) => essence(each) === type))
    return isSuccess(status) ? `the media type ${type || "(none)"}` : undefined;
  return isJson(type) && body === undefined && isSuccess(status) ? "a body that isn't JSON" : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const addFormats = formats as unknown as typeof formats.default;
const ajv = new Ajv2020({ strict: false, logger: false });
addFormats(ajv);

interface BrokenConstraint {
  place: Place;
  location: "body" | "parameter";
  pointer: string;
  keyword: string;
}

/**
 * The constraint that a request breaks, if it's the only one. A server that rejects such a request confirms the
 * constraint. A request that breaks several shows nothing about any of them.
 */
function soleBrokenConstraint(spec: Spec, matched: Matched, reports: Reports): BrokenConstraint[] {
  const found = new Map<string, BrokenConstraint>();
  const check = (
    raw: Node,
    rawAt: Place,
    value: unknown,
    location: BrokenConstraint["location"],
    pointer: string,
  ) => {
    const { node, at } = spec.resolve(raw, rawAt) as { node: Node; at: Place };
    for (const keyword of constraintKeywords.filter((each) => node?.[each] !== undefined)) {
      const place = at.child([keyword]);
      if (reports.has(placeId(place)) && !isMet(node, keyword, value))
        found.set(placeId(place), { place, location, pointer, keyword });
    }
  };
  for (const { node, at } of parametersOf(spec, matched.operation)) {
    const value = parameterValue(node, matched);
    if (value === undefined || node.schema === undefined) continue;
    const isNumber = ["integer", "number"].includes(node.schema.type) && value.trim() !== "";
    if (isNumber && Number.isNaN(Number(value))) return [];
    const pointer = `/request/${node.in}/${node.name}`;
    check(node.schema, at.child(["schema"]), isNumber ? Number(value) : value, "parameter", pointer);
  }
  const { exchange, operation } = matched;
  const body = spec.resolve(operation.node.requestBody, operation.at.child(["requestBody"]));
  const schema = body.node?.content?.["application/json"]?.schema;
  if (schema && exchange.requestBody !== undefined) {
    const at = (body.at as Place).child(["content", "application/json", "schema"]);
    const value = parsed(exchange.requestBody);
    const values = [{ place: at, pointer: "", value }, ...describedValues(schema, at, value, spec.resolve)];
    for (const each of values) {
      const raw = valueAtPlace(spec, each.place);
      check(raw, each.place, each.value, "body", `/request/body${each.pointer}`);
    }
  }
  return found.size === 1 ? [...found.values()] : [];
}

const valueAtPlace = (spec: Spec, { file, keys }: Place): Node =>
  keys.reduce((inner: Node, key) => inner?.[key], spec.file(file).value);

function isMet(node: Node, keyword: string, value: unknown): boolean {
  // A recording without personal data has the same form, but not the same value.
  const properties = keyword === "additionalProperties" ? { properties: allowAll(node.properties) } : {};
  return ajv.validate({ ...properties, [keyword]: node[keyword] }, value) === true;
}

const allowAll = (properties: object | undefined) =>
  Object.fromEntries(Object.keys(properties ?? {}).map((name) => [name, true]));

function contradict(reports: Reports, place: Place, exchange: Exchange, pointer: string, seen: string): void {
  const report = reports.get(placeId(place));
  if (report)
    addContradiction(report, { file: exchange.file, entry: exchange.entry, pointer, seen, times: 1 });
}

function addContradiction(report: StatementReport, contradiction: Contradiction): void {
  const same = report.contradictions.find(
    ({ pointer, seen }) => pointer === contradiction.pointer && seen === contradiction.seen,
  );
  if (same) same.times += contradiction.times;
  else report.contradictions.push(contradiction);
}

/** Adds a problem of Redocly's `drift` to the statement that it contradicts. */
function addProblem(spec: Spec, reports: Reports, problem: DriftProblem): void {
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

/** Adds an event of onepay-client/drift. It shows the status of a response, and the problems of its body. */
function addEvent(spec: Spec, reports: Reports, event: DriftEvent): void {
  const operation = spec.operations.find(({ id }) => id === event.operation);
  if (!operation) return;
  const documented = Object.keys(operation.node.responses ?? {}).map((status) => ({ status }));
  const status = findResponse(documented, event.status)?.status;
  if (status === undefined) return;
  const place = operation.at.child(["responses", status]);
  const response = reports.get(placeId(place));
  if (response && confirms(spec.sources[response.source], undefined)) response.seen += 1;
  const resolved = spec.resolve(operation.node.responses[status], place) as { node: Node; at: Place };
  const type = Object.keys(resolved.node.content ?? {}).find(isJson);
  const schema = type && resolved.node.content[type].schema;
  for (const { pointer, keyword, expected } of event.problems) {
    const at = resolved.at.child(["content", type ?? "", "schema"]);
    const found = fieldAt(spec, reports, schema, at, keysOf(`#${pointer.replace(/^#/, "")}`)) ?? response;
    const seen = `breaks ${keyword}${expected ? ` (expected ${expected})` : ""}`;
    if (found)
      addContradiction(found, {
        file: event.file,
        entry: event.line,
        pointer: `/response/body${pointerOf(keysOf(pointer)).slice(1)}`,
        seen,
        times: 1,
      });
  }
}

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
  if (node.items) {
    const inner = fieldAt(spec, reports, node.items, at.child(["items"]), rest);
    if (inner) return inner;
  }
  for (const keyword of ["allOf", "oneOf", "anyOf"])
    for (const [index, member] of ((node[keyword] ?? []) as Node[]).entries()) {
      const inner = fieldAt(spec, reports, member, at.child([keyword, index]), keys);
      if (inner) return inner;
    }
  return undefined;
}
