// A recorded request: the operation that it is for, its parameters, and what describes the bodies.
import { isJson } from "../openapi/media-types.js";
import { findResponse } from "../openapi/statuses.js";
import type { Exchange } from "./recording.js";
import type { Found, Node, Place, Spec, SpecOperation } from "./spec.js";
import { type DescribedValue, describedValues } from "./values.js";

export interface Matched {
  exchange: Exchange;
  operation: SpecOperation;
  /** The values of the path parameters, as they are in the URL. */
  pathValues: Record<string, string>;
}

/** The operation that a request is for. A path with fewer parameters comes first. */
export function matchOperation(spec: Spec, exchange: Exchange, servers: string[]): Matched | undefined {
  const server = servers.find((each) => exchange.url.startsWith(each)) ?? "";
  const [path = ""] = exchange.url.slice(server.length).split(/[?#]/);
  const [best] = spec.operations
    .filter(({ method }) => method === exchange.method.toLowerCase())
    .flatMap((operation) => {
      const match = pathPattern(operation.path).exec(path);
      return match ? [{ exchange, operation, pathValues: { ...match.groups } }] : [];
    })
    .sort((a, b) => Object.keys(a.pathValues).length - Object.keys(b.pathValues).length);
  return best;
}

/** A path as a pattern, with a named group for each parameter. */
const pathPattern = (path: string): RegExp => new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]*)")}$`);

export interface SentParameter extends Found {
  /** The place in the operation, which may be a reference to the parameter. */
  place: Place;
  /** A number if the document describes one, a string, or undefined if the request doesn't have the parameter. */
  value: string | number | undefined;
  described: DescribedValue[];
}

export function parametersOf(spec: Spec, { exchange, operation, pathValues }: Matched): SentParameter[] {
  return (operation.node.parameters ?? []).map((raw: Node, index: number): SentParameter => {
    const place = operation.at.child(["parameters", index]);
    const { node, at } = spec.resolve(raw, place);
    const { name } = node;
    const text = {
      path: pathValues[name],
      header: exchange.requestHeaders[name.toLowerCase()],
      query: new URL(exchange.url).searchParams.get(name) ?? undefined,
    }[node.in as "path" | "header" | "query"];
    const schemaAt = at.child(["schema"]);
    const { type } = spec.resolve(node.schema, schemaAt).node ?? {};
    const isNumber = ["integer", "number"].includes(type) && text !== "" && !Number.isNaN(Number(text));
    const value = isNumber ? Number(text) : text;
    const described = [
      ...describedValues(spec, node.schema, [place, schemaAt], value, `/request/${node.in}/${name}`),
    ];
    return { node, at, place, value, described };
  });
}

/** A request body or a response, with the schema of its JSON. */
export interface Holder extends Found {
  /** The place in the operation, which may be a reference. */
  place: Place;
  schema: Node;
  schemaAt: Place;
}

function holderOf(spec: Spec, raw: Node, place: Place): Holder {
  const { node, at } = spec.resolve(raw, place);
  const type = Object.keys(node?.content ?? {}).find(isJson) ?? "";
  const schemaAt = at.child(["content", type, "schema"]);
  return { node, at, place, schema: node?.content?.[type]?.schema, schemaAt };
}

export const requestBodyOf = (spec: Spec, { node, at }: SpecOperation): Holder =>
  holderOf(spec, node.requestBody, at.child(["requestBody"]));

/** The documented response that covers a status. */
export function responseFor(spec: Spec, { node, at }: SpecOperation, status: number): Holder | undefined {
  const documented = Object.keys(node.responses ?? {}).map((each) => ({ status: each }));
  const found = findResponse(documented, status)?.status;
  return found === undefined
    ? undefined
    : holderOf(spec, node.responses[found], at.child(["responses", found]));
}
