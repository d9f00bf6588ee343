/** Options: their defaults, their checks, and what the client makes of them. */
import { headerOptions, server } from "../generated/operations.js";
import type { Fetch, HeaderOptions, OnePayEvent, OnePayOptions } from "./types.js";

/** The options of a client, checked and complete. */
export interface Settings {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly timeout: number;
  readonly deadline?: number;
  readonly maxRetries: number;
  readonly headers: HeaderOptions;
  readonly fetch: Fetch;
  readonly onEvent?: (event: OnePayEvent) => unknown;
  readonly dangerouslyAllowBrowser: boolean;
}

/** The options of one call: those of its client, and what this call changes or adds. */
export interface CallSettings extends Settings {
  readonly signal?: AbortSignal;
  idempotencyKey?: string;
}

const defaults: Omit<Settings, "apiKey"> = {
  baseUrl: server,
  timeout: 30_000,
  maxRetries: 2,
  headers: {},
  // Looked up at each call, so that whoever replaces the global one later is heard.
  fetch: (url, init) => fetch(url, init),
  dangerouslyAllowBrowser: false,
};

/** What an option's value has to look like, as `checked` writes it, and in words. */
type Check = readonly [form: RegExp, must: string];

// Timers of the platforms end at 2^31 - 1: above it, they fire at once.
const duration: Check = [/^number (?!0$)\d{1,9}\b/, "above 0 and below 1e9 ms"];
const aFunction: Check = [/^function/, "a function"];
const secret: Check = [/^string [!-~]+$/, "visible ASCII characters"];

/** What can be changed for a single call. */
const shared = {
  timeout: duration,
  deadline: duration,
  maxRetries: [/^number \d+$/, "a whole number"],
  // No Headers and no list of pairs: they have no entries of their own, and all of them would be lost.
  headers: [/t Object]$/, "a plain object"],
  fetch: aFunction,
  onEvent: aFunction,
} satisfies Record<string, Check>;

const ofClient = {
  ...shared,
  apiKey: [/^string sk_(test|live)_[!-~]+$/, "sk_test_... or sk_live_...; or set ONEPAY_API_KEY"],
  // The key and whatever it reads go there: it is encrypted, or does not leave the machine. What stands before the
  // host or after the path would be shown, or lost.
  baseUrl: [
    /^string (https:\/\/[^/]|http:\/\/(localhost|127(\.\d+){3}|\[::1\])(?![^:/]))[^\s\\@?#]*$/i,
    "https (http on loopback), no user, query, fragment",
  ],
  dangerouslyAllowBrowser: [/^boolean/, "a boolean"],
} satisfies Record<string, Check>;

const ofCall = {
  ...shared,
  signal: [/t AbortSignal]$/, "an AbortSignal"],
} satisfies Record<string, Check>;

const key: Check = [/^string [!-~]{1,255}$/, "1 to 255 visible ASCII characters"];

/** `base` with what the options change of it. Undefined changes nothing. No value is in a message, it may be a secret. */
function checked<Base extends { readonly headers: HeaderOptions }>(
  base: Base,
  options: object | null | undefined,
  checks: Record<string, Check>,
  who: string,
): Base & Record<string, unknown> {
  const all: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(options ?? {})) {
    const check = checks[name];
    // What every object has, such as `constructor`, is no check.
    if (!check?.[1]) throw new TypeError(`${who}: no option ${name}.`);
    if (value === undefined) continue;
    const form = typeof value === "object" ? {}.toString.call(value) : `${typeof value} ${value}`;
    if (!check[0].test(form)) throw new TypeError(`${who}: ${name} must be ${check[1]}.`);
    all[name] = name === "headers" ? merged(base.headers, value, who) : value;
  }
  return all as Base & Record<string, unknown>;
}

// Lower case, so that two spellings of one name are one header.
function merged(base: HeaderOptions, headers: HeaderOptions, who: string): HeaderOptions {
  const all: Record<string, string | null | undefined> = { ...base };
  for (const [name, value] of Object.entries(headers)) {
    const header = name.toLowerCase();
    const owner = headerOptions[header];
    let fault = owner?.[0] && `set by the option ${owner}`;
    try {
      // Tried here, since the platform's message at the time of the call would show the value.
      new Headers([[name, value as string]]);
    } catch {
      fault = "well-formed";
    }
    if (fault) throw new TypeError(`${who}: header "${name}" must be ${fault}.`);
    if (value === null) delete all[header];
    else if (value !== undefined) all[header] = value;
  }
  return all;
}

/** Checks the options of a client and fills in the defaults. */
export function settingsOf(options: OnePayOptions): Settings {
  const { process, navigator } = globalThis as Platform;
  const apiKey = options.apiKey ?? process?.env?.ONEPAY_API_KEY ?? "";
  const settings = checked(defaults as Settings, { ...options, apiKey }, ofClient, "OnePay");
  // Every browser calls itself so, in pages and in their workers.
  if (!settings.dangerouslyAllowBrowser && /^Mozilla/.test(navigator?.userAgent as string)) {
    throw new TypeError("OnePay: browsers show the key; see dangerouslyAllowBrowser.");
  }
  return { ...settings, baseUrl: new URL(settings.baseUrl).href.replace(/\/+$/, "") };
}

/** The client's settings with what is changed of them, as options for another client. */
export const changed = (settings: Settings, options: OnePayOptions): OnePayOptions =>
  checked(settings, options, ofClient, "OnePay");

/** The client's settings with what one call changes of them. */
export function callOptions(
  settings: Settings,
  options: object | null | undefined,
  headers: object,
  id: string,
): CallSettings & Record<string, unknown> {
  const checks: Record<string, Check> = { ...ofCall };
  for (const option in headers) checks[option] = option === "idempotencyKey" ? key : secret;
  return checked(settings, options, checks, id);
}

interface Platform {
  process?: { env?: Record<string, string | undefined> };
  navigator?: { userAgent?: string };
}
