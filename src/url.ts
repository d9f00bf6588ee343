/** From the arguments of a call to its URL. */
import { isPlainObject } from "./objects.js";
import type { NumberBounds } from "./types.js";

/**
 * The path with its parameters filled in. `getValue` returns the value of a parameter.
 *
 * @throws TypeError that names the parameter and never contains its value.
 */
export const fillPath = (path: string, getValue: (name: string) => unknown, context: string): string =>
  path.replace(/\{(.+?)\}/g, (_match, name: string) => encodeSegment(getValue(name), name, context));

/** One segment of a path: an id, in most cases. */
export function encodeSegment(value: unknown, name: string, context: string): string {
  const problem = findProblem(value);
  if (problem) throw new TypeError(`${context}: ${name} ${problem}`);
  return encodeURIComponent(value as string);
}

function findProblem(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "")
    return "must be a string with an id, as OnePay returned it in the field id.";
  // Servers and proxies log paths.
  if (value.includes("@") || /^\+?\p{Nd}+$/u.test(value))
    return "looks like an e-mail address, a phone or a document number, and servers log paths. Pass the id that OnePay returned in the field id.";
  if (value === "." || value === ".." || /[\s\p{C}/\\?#%]/u.test(value))
    return "has a character that would change the path. Pass the id that OnePay returned in the field id.";
  return undefined;
}

/** A query parameter, encoded. */
export type QueryPair = readonly [name: string, value: string];

/** The query of a URL with its question mark, or an empty string. */
export function queryString(pairs: readonly QueryPair[]): string {
  const text = pairs.map(([name, value]) => `${name}=${value}`).join("&");
  return text && `?${text}`;
}

/**
 * Encodes a query. A list repeats its name; an object is what OpenAPI calls a deepObject: `filter[name]=value`.
 *
 * @throws TypeError that names the parameter and never contains its value.
 */
export function encodeQuery(query: unknown, context: string): QueryPair[] {
  if (query === undefined || query === null) return [];
  if (!isPlainObject(query))
    throw new TypeError(
      `${context}: the query must be a plain object. Convert URLSearchParams or a Map with Object.fromEntries().`,
    );
  return Object.entries(query).flatMap(([name, value]) =>
    encodeParameter(encodeName(name, context), value, context),
  );
}

/** No parameter is nested deeper. An object that contains itself would be endless. */
const maxDepth = 8;

function encodeParameter(name: string, value: unknown, context: string, depth = 0): QueryPair[] {
  if (value === undefined || value === null) return [];
  if (depth > maxDepth) throw new TypeError(`${context}: query parameter ${name} is nested too deeply.`);
  if (Array.isArray(value)) return value.flatMap((item) => encodeParameter(name, item, context, depth + 1));
  if (isPlainObject(value)) {
    return Object.entries(value).flatMap(([key, item]) =>
      encodeParameter(`${name}[${encodeName(key, context)}]`, item, context, depth + 1),
    );
  }
  if (!isQueryValue(value)) {
    throw new TypeError(
      `${context}: query parameter ${name} must be a string, a finite number, a boolean, a list or a plain object. Convert a Date with toISOString().`,
    );
  }
  return [[name, encodeURIComponent(value)]];
}

const isQueryValue = (value: unknown): value is string | number | boolean =>
  typeof value === "boolean" || Number.isFinite(value) || (typeof value === "string" && isWellFormed(value));

/** Whether a string has no half of a character, which can't be encoded. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

function encodeName(name: string, context: string): string {
  if (!isWellFormed(name)) throw new TypeError(`${context}: the query has a name that can't be encoded.`);
  return encodeURIComponent(name);
}

/**
 * Checks the numeric parameters of a query against the bounds that the document states.
 *
 * @throws TypeError that names the parameter and its bounds.
 */
export function checkNumbers(
  query: unknown,
  numbers: { readonly [parameter: string]: NumberBounds },
  context: string,
): void {
  for (const [name, bounds] of Object.entries(numbers)) {
    const value = Object(query)[name];
    if (value !== undefined && value !== null && !isWithin(value, bounds))
      throw new TypeError(`${context}: ${name} must be ${describeBounds(bounds)}.`);
  }
}

function isWithin(
  value: unknown,
  { integer, minimum = -Infinity, maximum = Infinity }: NumberBounds,
): boolean {
  // A number from a form or a URL is a string.
  const number = typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return false;
  return (!integer || Number.isInteger(number)) && number >= minimum && number <= maximum;
}

function describeBounds({ integer, minimum, maximum }: NumberBounds): string {
  const kind = integer ? "a whole number" : "a number";
  if (minimum !== undefined && maximum !== undefined) return `${kind} from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${kind} of at least ${minimum}`;
  return maximum === undefined ? kind : `${kind} of at most ${maximum}`;
}
