/** One logical call: all that stays the same from its first attempt to its last. */
import { type CallSettings, callOptions, type Settings } from "./options.js";
import type { Operation } from "./types.js";

export interface Call {
  readonly id: string;
  readonly operation: Operation;
  readonly settings: CallSettings;
  readonly url: string;
  readonly init: Omit<RequestInit, "body"> & { headers: Record<string, string>; body: string | undefined };
  /** Texts that nothing may show. */
  readonly secrets: readonly string[];
}

/** Both doors end here: the options are checked, the key is made, the headers are set. */
export function callOf(
  client: Settings,
  id: string,
  operation: Operation,
  url: string,
  body: string | undefined,
  options: object = {},
): Call {
  const settings = callOptions(client, options, operation, id);
  const secrets = [client.apiKey];
  const type = "application/json";
  const headers: Record<string, string> = {
    // Without it, an error may come as a page or a redirect.
    accept: type,
    authorization: `Bearer ${client.apiKey}`,
  };
  if (body !== undefined) headers["content-type"] = type;
  for (const [name, value] of Object.entries(settings.headers))
    if (value !== null) headers[name] = value as string;
  for (const [option, header] of Object.entries(operation.headers ?? {})) {
    if (option === "idempotencyKey") settings[option] ??= crypto.randomUUID();
    else secrets.push(settings[option] as string);
    if (!settings[option]) throw new TypeError(`${id} needs the option ${option}.`);
    headers[header] = settings[option] as string;
  }
  return {
    id,
    operation,
    settings,
    url,
    init: { method: operation.method.toUpperCase(), headers, body, redirect: "manual" },
    secrets,
  };
}

// What a path segment must not hold: what ends it, what the URL parser eats, what hides either, what cannot be seen.
const segment = /^(?!\.\.?$)[^\s\p{C}/\\?#%]+$/u;

/** The path with its parameters filled in; `parameterOf` is asked for them in their order. */
export const fillPath = (path: string, parameterOf: (name: string) => unknown): string =>
  path.replace(/\{(.+?)\}/g, (_match, name) => {
    const value = parameterOf(name);
    if (typeof value !== "string" || !segment.test(value)) {
      throw new TypeError(
        `${name} must be an id: no empty text, no dots alone, no blanks, none of / \\ ? # %.`,
      );
    }
    return encodeURIComponent(value);
  });

/** The query of a URL, with its question mark; nothing where there is nothing to ask. */
export function queryOf(query: unknown): string {
  const text = pairsOf("", query).join("&");
  return text && `?${text}`;
}

// A list repeats its name; an object is what OpenAPI calls a deepObject: filter[name]=value.
function pairsOf(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") return [`${name}=${encodeURIComponent(value as string)}`];
  return Object.entries(value).flatMap(([key, inner]) => {
    const part = encodeURIComponent(key);
    return pairsOf(Array.isArray(value) ? name : name ? `${name}[${part}]` : part, inner);
  });
}
