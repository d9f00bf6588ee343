/** From a request to the operation of the document. */
import { operations } from "../../generated/operations.js";
import type { Operation } from "../types.js";

export interface Route {
  /** The operationId. */
  readonly id: string;
  /** Values of the path's parameters, by name. */
  readonly ids: { readonly [name: string]: string };
}

interface Template {
  readonly id: string;
  readonly method: string;
  readonly segments: readonly string[];
}

const templates: readonly Template[] = Object.entries<Operation>(operations)
  .map(([id, { method, path }]) => ({ id, method: method.toUpperCase(), segments: path.split("/") }))
  // `/customers/session/charges` before `/customers/{customer_id}/charges`.
  .sort((a, b) => parameterCount(a) - parameterCount(b));

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}

function parameterCount({ segments }: Template): number {
  return segments.filter(isParameter).length;
}

/** The operation at a path; `"method"` if the path exists with other methods, `undefined` if it doesn't exist. */
export function route(method: string, path: string): Route | "method" | undefined {
  const segments = path.split("/");
  const atPath = templates.filter((template) => matches(template, segments));
  if (atPath.length === 0) return undefined;
  const found = atPath.find((template) => template.method === method);
  return found ? { id: found.id, ids: readIds(found, segments) } : "method";
}

const matches = (template: Template, segments: readonly string[]): boolean =>
  template.segments.length === segments.length &&
  template.segments.every((segment, index) => isParameter(segment) || segment === segments[index]);

function readIds(template: Template, segments: readonly string[]): Record<string, string> {
  const entries = template.segments.flatMap((segment, index) =>
    isParameter(segment) ? [[segment.slice(1, -1), segments[index] as string]] : [],
  );
  return Object.fromEntries(entries);
}

/** The path below the API's version: `/v1/customers` and `/customers` are the same. */
export const pathBelowVersion = (pathname: string): string => pathname.replace(/^\/v1(?=\/|$)/, "") || "/";
