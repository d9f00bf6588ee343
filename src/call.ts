/** One logical call: all that stays the same from its first attempt to its last. */
import { callOptions, type Settings } from "./options.js";
import type { Operation } from "./types.js";

export interface Call {
  readonly id: string;
  readonly operation: Operation;
  readonly url: string;
  readonly init: RequestInit & { headers: Record<string, string>; body?: string };
  readonly settings: Settings;
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
  const given = callOptions(options, operation, id);
  const headers: Record<string, string> = {};
  for (const source of [settings.headers, given.headers ?? {}]) {
    for (const [name, value] of Object.entries(source)) {
      if (value === null) delete headers[name];
      else headers[name] = value;
    }
  }
  headers.accept = "application/json";
  headers.authorization = `Bearer ${settings.apiKey}`;
  const secrets = [settings.apiKey];
  for (const [option, header] of Object.entries(operation.secrets ?? {})) {
    const secret = given[option];
    if (!secret) throw new TypeError(`${id} needs the option ${option}.`);
    headers[header.toLowerCase()] = secret as string;
    secrets.push(secret as string);
  }
  let idempotencyKey: string | undefined;
  if (operation.idempotencyKey) {
    idempotencyKey = (given.idempotencyKey as string | undefined) ?? crypto.randomUUID();
    headers[operation.idempotencyKey.toLowerCase()] = idempotencyKey;
  }
  const init: Call["init"] = { method: operation.method.toUpperCase(), headers, redirect: "manual" };
  if (body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = body;
  }
  return {
    id,
    operation,
    url,
    init,
    settings: { ...settings, ...given },
    signal: given.signal as AbortSignal | undefined,
    idempotencyKey,
    secrets,
  };
}

// What a path segment must not hold: what ends it, what the URL parser eats, what hides either, what cannot be seen.
const segment = /^(?!\.\.?$)[^\p{C}\p{Z}/\\?#%]+$/u;

/** The path with its parameters filled in; `parameterOf` is asked for them in their order. */
export const fillPath = (path: string, parameterOf: (name: string) => unknown): string =>
  path.replace(/\{(.+?)\}/g, (_match, name) => {
    const value = parameterOf(name);
    if (typeof value !== "string" || !segment.test(value)) {
      throw new TypeError(
        `${name} must be an id: a text that is not empty, not a dot or two, and has no slash, "?", "#", "%", blank or control character.`,
      );
    }
    return encodeURIComponent(value);
  });
