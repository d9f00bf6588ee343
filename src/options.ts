/** Options: their defaults, their checks, and what the client makes of them. */
import { operations, server } from "../generated/operations.js";
import type { Fetch, HeaderOptions, OnePayEvent, OnePayOptions, Operation } from "./types.js";

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
const duration: Check = [/^number (?!0$)\d{1,9}(\.\d+)?$/, "milliseconds, above 0 and below 1e9"];
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
  apiKey: [
    /^string sk_(test|live)_[!-~]+$/,
    "a secret key, sk_test_... or sk_live_... (not pk_...); or set ONEPAY_API_KEY",
  ],
  // The key and whatever it reads go there: it is encrypted, or does not leave the machine. What stands before the
  // host or after the path would be shown, or lost.
  baseUrl: [
    /^string (https:\/\/[^/]|http:\/\/(localhost|127(\.\d+){3}|\[::1\])(?![^:/]))[^\s\\@?#]*$/i,
    "an https URL (http on loopback) without user, query and fragment",
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
  options: object,
  checks: Record<string, Check>,
  who: string,
): Base & Record<string, unknown> {
  const all: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) && checks[name];
    if (!check) throw new TypeError(`${who}: no option "${name}", only ${Object.keys(checks).join(", ")}.`);
    if (value === undefined) continue;
    const form = typeof value === "object" ? {}.toString.call(value) : `${typeof value} ${String(value)}`;
    if (!check[0].test(form)) throw new TypeError(`${who}: ${name} must be ${check[1]}.`);
    all[name] = name === "headers" ? { ...base.headers, ...lowered(value, who) } : value;
  }
  return all as Base & Record<string, unknown>;
}

// Lower case, so that two spellings of one name are one header.
function lowered(headers: HeaderOptions, who: string): HeaderOptions {
  const lower: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(headers)) {
    const header = name.toLowerCase();
    const owner = ownerOf(header);
    let fault = owner && `is set by the option ${owner}`;
    try {
      // Tried here, since the platform's message at the time of the call would show the value.
      new Headers([[name, `${value}`]]);
    } catch {
      fault = "is malformed";
    }
    if (fault) throw new TypeError(`${who}: the header "${name}" ${fault}.`);
    if (value !== undefined) lower[header] = value;
  }
  return lower;
}

/** The option whose value goes into a header, where there is one. */
const ownerOf = (header: string): string | undefined =>
  [["apiKey", "authorization"]]
    .concat(Object.values<Operation>(operations).flatMap(({ headers = {} }) => Object.entries(headers)))
    .find(([, name]) => name === header)?.[0];

/** Checks the options of a client and fills in the defaults. */
export function settingsOf(options: OnePayOptions): Settings {
  const { process, document, navigator } = globalThis as Platform;
  const apiKey = options.apiKey ?? process?.env?.ONEPAY_API_KEY ?? "";
  const settings = checked(defaults as Settings, { ...options, apiKey }, ofClient, "OnePay");
  // Pages have a document; their workers have none, but a browser's name.
  if (!settings.dangerouslyAllowBrowser && (document || /^Mozilla/.test(`${navigator?.userAgent}`))) {
    throw new TypeError("OnePay: in a browser everybody can read the key; see dangerouslyAllowBrowser.");
  }
  return { ...settings, baseUrl: new URL(settings.baseUrl).href.replace(/\/+$/, "") };
}

/** The client's settings with what is changed of them, as options for another client. */
export const changed = (settings: Settings, options: OnePayOptions): OnePayOptions =>
  checked(settings, options, ofClient, "withOptions");

/** The client's settings with what one call changes of them. */
export function callOptions(
  settings: Settings,
  options: object,
  operation: Operation,
  id: string,
): CallSettings & Record<string, unknown> {
  const checks: Record<string, Check> = { ...ofCall };
  for (const option in operation.headers) checks[option] = option === "idempotencyKey" ? key : secret;
  return checked(settings, options, checks, id);
}

interface Platform {
  process?: { env?: Record<string, string | undefined> };
  document?: unknown;
  navigator?: { userAgent?: string };
}
