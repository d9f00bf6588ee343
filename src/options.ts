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
  readonly onEvent?: (event: OnePayEvent) => void;
  readonly dangerouslyAllowBrowser: boolean;
}

const defaults = {
  baseUrl: server,
  timeout: 30_000,
  maxRetries: 2,
  headers: {},
  // Looked up at each call, so that whoever replaces the global one later is heard.
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  dangerouslyAllowBrowser: false,
};

/** What an option's value has to look like, as `formOf` writes it, and in words. */
type Check = readonly [form: RegExp, must: string];

// Timers of the platforms end at 2^31 - 1: above it, they fire at once.
const duration: Check = [/^number (?!0$)\d{1,9}(\.\d+)?$/, "milliseconds, above 0 and below 1e9"];
const aFunction: Check = [/^function/, "a function"];

/** What can be changed for a single call. */
const shared = {
  timeout: duration,
  deadline: duration,
  maxRetries: [/^number \d+$/, "a whole number from 0"],
  // No Headers and no list of pairs: they have no entries of their own, and all of them would be lost.
  headers: [/t Object]$/, "a plain object of texts"],
  fetch: aFunction,
  onEvent: aFunction,
} satisfies Record<string, Check>;

const ofClient = {
  ...shared,
  apiKey: [
    /^string sk_(test|live)_[!-~]+$/,
    "a whole secret key, sk_test_… or sk_live_… (pk_… are public); or set ONEPAY_API_KEY",
  ],
  // The key and whatever it reads go there: it is encrypted, or does not leave the machine. What stands before the
  // host or after the path would be shown, or lost.
  baseUrl: [
    /^string (https:\/\/[^/]|http:\/\/(localhost|127(\.\d+){3}|\[::1\])(?![^:/]))[^\s\\@?#]*$/i,
    "an https URL (http on loopback) without user, query and fragment",
  ],
  dangerouslyAllowBrowser: [/^boolean/, "true or false"],
} satisfies Record<string, Check>;

const signal: Check = [/t AbortSignal]$/, "an AbortSignal"];
const key: Check = [/^string [!-~]{1,255}$/, "1 to 255 visible ASCII characters"];
const secret: Check = [/^string [!-~]+$/, "visible ASCII characters"];

const formOf = (value: unknown): string =>
  typeof value === "object" ? {}.toString.call(value) : `${typeof value} ${String(value)}`;

/** The given options, without those that are undefined: these mean the default. No value is in a message, it may be a secret. */
function checked(options: object, checks: Record<string, Check>, who: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) && checks[name];
    if (!check) throw new TypeError(`${who}: no option "${name}", only ${Object.keys(checks).join(", ")}.`);
    if (value === undefined) continue;
    if (!check[0].test(formOf(value))) throw new TypeError(`${who}: ${name} must be ${check[1]}.`);
    given[name] = name === "headers" ? lowered(value as HeaderOptions, who) : value;
  }
  return given;
}

/** The options of an operation that become headers: option → header, in lower case. */
export const headerOptions = ({ idempotencyKey, secrets }: Operation): [option: string, header: string][] =>
  Object.entries({ ...secrets, ...(idempotencyKey && { idempotencyKey }) }).map(([option, header]) => [
    option,
    header.toLowerCase(),
  ]);

/** The option whose value goes into a header, where there is one. */
const ownerOf = (header: string): string | undefined =>
  [["apiKey", "authorization"], ...Object.values<Operation>(operations).flatMap(headerOptions)].find(
    ([, name]) => name === header,
  )?.[0];

// Lower case, so that two spellings of one name are one header.
function lowered(headers: HeaderOptions, who: string): HeaderOptions {
  const lower: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(headers)) {
    const header = name.toLowerCase();
    const owner = ownerOf(header);
    // Checked here, since the platform's own message would show the value.
    const isFit = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t -~\x80-\xff]*$/.test(value ?? "");
    if (owner || !isFit) {
      throw new TypeError(
        `${who}: the header "${name}" ${owner ? `is set by the option ${owner}` : "is malformed"}.`,
      );
    }
    if (value !== undefined) lower[header] = value;
  }
  return lower;
}

/** Checks the options of a client and fills in the defaults. */
export function settingsOf(options: OnePayOptions): Settings {
  const { process, document, navigator } = globalThis as Platform;
  const apiKey = options.apiKey ?? process?.env?.ONEPAY_API_KEY ?? "";
  const settings = { ...defaults, ...checked({ ...options, apiKey }, ofClient, "OnePay") } as Settings;
  // Pages have a document; their workers have none, but a browser's name.
  if (!settings.dangerouslyAllowBrowser && (document || /^Mozilla/.test(`${navigator?.userAgent}`))) {
    throw new TypeError("OnePay: in a browser everybody can read the key; see dangerouslyAllowBrowser.");
  }
  return { ...settings, baseUrl: new URL(settings.baseUrl).href.replace(/\/+$/, "") };
}

/** The client's settings with what is changed of them, as options for another client. */
export const changed = (settings: Settings, options: OnePayOptions): OnePayOptions => {
  const given = checked(options, ofClient, "withOptions") as OnePayOptions;
  return { ...settings, ...given, headers: { ...settings.headers, ...given.headers } };
};

/** The options of one call, checked. */
export function callOptions(options: object, operation: Operation, id: string): Record<string, unknown> {
  const checks: Record<string, Check> = { ...shared, signal };
  for (const [option] of headerOptions(operation))
    checks[option] = option === "idempotencyKey" ? key : secret;
  return checked(options, checks, id);
}

interface Platform {
  process?: { env?: Record<string, string | undefined> };
  document?: unknown;
  navigator?: { userAgent?: string };
}
