// Counts the statements that an exchange shows.
import { essence, isJson } from "../openapi/media-types.js";
import { isObject } from "../openapi/schemas.js";
import { findResponse } from "../openapi/statuses.js";
import { soleBrokenConstraint } from "./constraints.js";
import { isSuccess, type Matched, parametersOf, parameterValue, parsed } from "./exchange.js";
import type { Exchange } from "./recording.js";
import { type Node, type Place, placeId, type Spec } from "./spec.js";
import { confirms, contradict, type Reports } from "./statements.js";
import { describedValues } from "./values.js";

/** Counts every statement that an exchange shows. Each counts once per exchange. */
export function countExchange(spec: Spec, reports: Reports, matched: Matched): void {
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
  const broken = soleBrokenConstraint(spec, matched, reports);
  if (broken && (exchange.status === 400 || exchange.status === 422)) show(broken.place);
  // Redocly's drift reports the constraints of bodies, but not those of parameters.
  if (broken && isSuccess(exchange.status) && broken.location === "parameter")
    contradict(reports, broken.place, exchange, broken.pointer, `a value that breaks ${broken.keyword}`);
  for (const id of shown) {
    const report = reports.get(id);
    if (report) report.seen += 1;
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
