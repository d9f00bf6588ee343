/** One logical call: all that stays the same from its first attempt to its last. */
import { callOptions, headerOptions, type Settings } from "./options.js";
import { retriesOf } from "./retry.js";
import type { HeaderOptions, Operation } from "./types.js";

export interface Call extends Settings {
  readonly id: string;
  readonly operation: Operation;
  readonly url: string;
  readonly init: Omit<RequestInit, "body"> & { headers: Record<string, string>; body: string | null };
  /** How often it may be sent again. */
  readonly retries: number;
  readonly signal: AbortSignal | undefined;
  readonly idempotencyKey: string | undefined;
  /** Texts that nothing may show. */
  readonly secrets: readonly string[];
}

/** Both doors end here: the options are checked, the key is made, the headers are set. */
export function callOf(
  settings: Settings,
  id: string,
  operation: Operation,
  url: string,
  body: string | undefined,
  options: object = {},
): Call {
  const random = operation.idempotencyKey && { idempotencyKey: crypto.randomUUID() };
  const given: Record<string, unknown> = { ...random, ...callOptions(options, operation, id) };
  const secrets = [settings.apiKey];
  const type = "application/json";
  const wanted = {
    // Without it, an error may come as a page or a redirect.
    accept: type,
    ...(body !== undefined && { "content-type": type }),
    ...settings.headers,
    ...(given.headers as HeaderOptions),
  };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(wanted)) if (typeof value === "string") headers[name] = value;
  headers.authorization = `Bearer ${settings.apiKey}`;
  for (const [option, header] of headerOptions(operation)) {
    const value = given[option] as string | undefined;
    if (!value) throw new TypeError(`${id} needs the option ${option}.`);
    headers[header] = value;
    if (option !== "idempotencyKey") secrets.push(value);
  }
  const changed = { ...settings, ...given } as Settings & Pick<Call, "signal" | "idempotencyKey">;
  const { idempotencyKey, maxRetries } = changed;
  const init = {
    method: operation.method.toUpperCase(),
    headers,
    body: body ?? null,
    redirect: "manual",
  } as const;
  const retries = retriesOf(operation, idempotencyKey, maxRetries);
  return { ...changed, id, operation, url, init, retries, secrets };
}

// What a path segment must not hold: what ends it, what the URL parser eats, what hides either, what cannot be seen.
const segment = /^(?!\.\.?$)[^\p{C}\p{Z}/\\?#%]+$/u;

/** The path with its parameters filled in; `parameterOf` is asked for them in their order. */
export const fillPath = (path: string, parameterOf: (name: string) => unknown): string =>
  path.replace(/\{(.+?)\}/g, (_match, name) => {
    const value = parameterOf(name);
    if (typeof value !== "string" || !segment.test(value)) {
      throw new TypeError(
        `${name} must be an id: a text without / \\ ? # %, blanks and control characters, and not "", "." or "..".`,
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
  if (typeof value !== "object") return [`${name}=${encodeURIComponent(String(value))}`];
  return Object.entries(value).flatMap(([key, inner]) => {
    const part = encodeURIComponent(key);
    return pairsOf(Array.isArray(value) ? name : name ? `${name}[${part}]` : part, inner);
  });
}
