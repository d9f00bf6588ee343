// A request of a recording, its operation, and its parameters.
import type { Exchange } from "./recording.js";
import type { Node, Place, Spec, SpecOperation } from "./spec.js";

export interface Matched {
  exchange: Exchange;
  operation: SpecOperation;
  parameters: Record<string, string>;
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function parametersOf(
  spec: Spec,
  { node, at }: SpecOperation,
): { node: Node; at: Place; place: Place }[] {
  return (node.parameters ?? []).map((raw: Node, index: number) => {
    const place = at.child(["parameters", index]);
    return { ...spec.resolve(raw, place), place };
  });
}

export function parameterValue(
  { in: location, name }: Node,
  { exchange, parameters }: Matched,
): string | undefined {
  if (location === "path") return parameters[name];
  if (location === "header") return exchange.requestHeaders[name.toLowerCase()];
  return new URL(exchange.url).searchParams.get(name) ?? undefined;
}
