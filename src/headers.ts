/** The option `headers`. */
import { headerOptions } from "../generated/operations.js";
import type { HeaderOptions } from "./types.js";

/** Headers by their name in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** Headers of the connection: the platform sets them, and a wrong one breaks the request. */
const connectionHeaders = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * `base` with the headers added, replaced, or removed with `null`. Names become lower case, so that two spellings are
 * one header.
 *
 * @throws TypeError that names the header and never contains its value.
 */
export function mergeHeaders(base: Headers, headers: HeaderOptions | undefined, context: string): Headers {
  const merged = new Map(Object.entries(base));
  for (const [given, value] of Object.entries(headers ?? {})) {
    const name = given.toLowerCase();
    const problem = findProblem(name, value);
    if (problem) throw new TypeError(`${context}: header ${JSON.stringify(name.slice(0, 40))} ${problem}.`);
    if (value === null) merged.delete(name);
    else if (value !== undefined) merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

function findProblem(name: string, value: unknown): string | undefined {
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return "has a character that names of headers can't have";
  if (Object.hasOwn(headerOptions, name)) return `is set by the option ${headerOptions[name]}. Pass that`;
  if (connectionHeaders.has(name)) return "belongs to the connection and can't be set";
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "string") return "must be a string, or null to remove it";
  // Line breaks could start another header.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    return "has a value with a line break or a character that headers can't have";
  return undefined;
}
