/** Options: their defaults, their checks, and what the client makes of them. */
import { operations, server } from "../generated/operations.js";
import type { Environment, Fetch, HeaderOptions, OnePayEvent, OnePayOptions, Operation } from "./types.js";

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
  readonly idempotencyKey?: string;
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

/** The options of an operation that become headers: option → header. */
export const headerOptions = ({ idempotencyKey, secrets }: Operation): Record<string, string> =>
  idempotencyKey ? { idempotencyKey, ...secrets } : { ...secrets };

// Lower case, so that two spellings of one name are one header.
function lowered(headers: HeaderOptions, who: string): HeaderOptions {
  const lower: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(headers)) {
    const header = name.toLowerCase();
    const [owner] = ownersOf(header);
    // Checked here, since the platform's own message would show the value.
    const isFit = /^[\w!#$%&'*+.^`|~-]+:[\t -~\x80-\xff]*$/.test(`${name}:${value}`);
    if (owner || !isFit) {
      throw new TypeError(
        `${who}: the header "${name}" ${owner ? `is set by the option ${owner}` : "is malformed"}.`,
      );
    }
    if (value !== undefined) lower[header] = value;
  }
  return lower;
}

/** The option whose value goes into a header, where there is one. */
const ownersOf = (header: string): string[] =>
  [{ apiKey: "authorization" }, ...Object.values<Operation>(operations).map(headerOptions)].flatMap((owned) =>
    Object.keys(owned).filter((option) => (owned as Record<string, string>)[option] === header),
  );

/** Checks the options of a client and fills in the defaults. */
export function settingsOf(options: OnePayOptions): Settings {
  const { process, document, navigator } = globalThis as Platform;
  const apiKey = options.apiKey ?? process?.env?.ONEPAY_API_KEY ?? "";
  const settings = checked({ ...defaults, apiKey }, { ...options, apiKey }, ofClient, "OnePay");
  // Pages have a document; their workers have none, but a browser's name.
  if (!settings.dangerouslyAllowBrowser && (document || /^Mozilla/.test(`${navigator?.userAgent}`))) {
    throw new TypeError("OnePay: in a browser everybody can read the key; see dangerouslyAllowBrowser.");
  }
  return { ...settings, baseUrl: new URL(settings.baseUrl).href.replace(/\/+$/, "") };
}

/** `sk_test_…` or `sk_live_…`: the settings' check lets nothing else through. */
export const environmentOf = ({ apiKey }: Settings): Environment => apiKey.slice(3, 7) as Environment;

/** The client's settings with what is changed of them, as options for another client. */
export const changed = (settings: Settings, options: OnePayOptions): OnePayOptions =>
  checked(settings, options, ofClient, "withOptions");

/** The client's settings with what one call changes of them. */
export function callOptions(
  settings: CallSettings,
  options: object,
  operation: Operation,
  id: string,
): CallSettings & Record<string, unknown> {
  const checks: Record<string, Check> = { ...ofCall };
  for (const option in headerOptions(operation)) checks[option] = option === "idempotencyKey" ? key : secret;
  return checked(settings, options, checks, id);
}

interface Platform {
  process?: { env?: Record<string, string | undefined> };
  document?: unknown;
  navigator?: { userAgent?: string };
}
