/** One logical call: all that stays the same from its first attempt to its last. */
import { type CallSettings, callOptions, headerOptions, type Settings } from "./options.js";
import type { Operation } from "./types.js";

export interface Call {
  readonly id: string;
  readonly operation: Operation;
  readonly settings: CallSettings;
  readonly url: string;
  readonly init: RequestInit & { headers: Record<string, string> };
  /** How often it may be sent again. */
  readonly retries: number;
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
  const { idempotencyKey } = operation;
  const random = idempotencyKey ? { ...client, idempotencyKey: crypto.randomUUID() } : client;
  const settings = callOptions(random, options, operation, id);
  const secrets = [client.apiKey];
  const type = "application/json";
  const headers: Record<string, string> = {
    // Without it, an error may come as a page or a redirect.
    accept: type,
    authorization: `Bearer ${client.apiKey}`,
  };
  if (body !== undefined) headers["content-type"] = type;
  for (const [name, value] of Object.entries(settings.headers)) {
    if (typeof value === "string") headers[name] = value;
    else delete headers[name];
  }
  for (const [option, header] of Object.entries(headerOptions(operation))) {
    const value = settings[option] as string | undefined;
    if (!value) throw new TypeError(`${id} needs the option ${option}.`);
    headers[header] = value;
    if (option !== "idempotencyKey") secrets.push(value);
  }
  const init = {
    method: operation.method.toUpperCase(),
    headers,
    body: body ?? null,
    redirect: "manual",
  } as const;
  // A write without its key is never sent again: the server could do it twice.
  const retries =
    operation.retry === "safe" || (operation.retry === "with-key" && idempotencyKey)
      ? settings.maxRetries
      : 0;
  return { id, operation, settings, url, init, retries, secrets };
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
