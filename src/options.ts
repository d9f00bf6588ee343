/** Options: their defaults, their checks, and what the client makes of them. */
import { operations, server } from "../generated/operations.js";
import { isIdempotencyKey } from "./idempotency-key.js";
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

/** Says what the value of an option must be, where it is not. */
type Check = (value: unknown) => false | string;

const typed =
  (type: string): Check =>
  (value) =>
    typeof value !== type && `a ${type}`;

const formed =
  (form: RegExp, must: string): Check =>
  (value) =>
    !(typeof value === "string" && form.test(value)) && must;

// Timers of the platforms end at 2^31 - 1: above it, they fire at once.
const duration: Check = (value) =>
  !(typeof value === "number" && value > 0 && value < 2 ** 31) && "milliseconds, above 0 and below 2 ** 31";

/** What can be changed for a single call. */
const shared: Record<string, Check> = {
  timeout: duration,
  deadline: duration,
  maxRetries: (value) => !(Number.isInteger(value) && (value as number) >= 0) && "a whole number from 0",
  // A Headers or a list of pairs has no entries of its own: what it holds would be lost without a word.
  headers: (value) =>
    (typeof value !== "object" || value === null || Symbol.iterator in value) && "a plain object of texts",
  fetch: typed("function"),
  onEvent: typed("function"),
};

const ofClient: Record<string, Check> = {
  ...shared,
  apiKey: formed(
    /^sk_(test|live)_[!-~]+$/,
    "a whole secret key, sk_test_… or sk_live_… (pk_… are public); ONEPAY_API_KEY may hold it",
  ),
  baseUrl: (value) =>
    !baseUrlOf(value as string) && "an https URL, or http on loopback, without user, query or fragment",
  dangerouslyAllowBrowser: typed("boolean"),
};

const ofCall: Record<string, Check> = {
  ...shared,
  signal: (value) => !(value instanceof EventTarget) && "an AbortSignal",
};
const key: Check = (value) => !isIdempotencyKey(value) && "1 to 255 visible ASCII characters";
const secret = formed(/^[!-~]+$/, "visible ASCII characters");

/** The given options, without those that are undefined: these mean the default. No value is in a message, it may be a secret. */
function checked(options: object, checks: Record<string, Check>, who: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) && checks[name];
    if (!check) throw new TypeError(`${who}: no option "${name}", only ${Object.keys(checks).join(", ")}.`);
    if (value === undefined) continue;
    const must = check(value);
    if (must) throw new TypeError(`${who}: ${name} must be ${must}.`);
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
  const apiKey = options.apiKey ?? platform.process?.env?.ONEPAY_API_KEY ?? "";
  const settings = { ...defaults, ...checked({ ...options, apiKey }, ofClient, "OnePay") } as Settings;
  if (isBrowser() && !settings.dangerouslyAllowBrowser) {
    throw new TypeError(
      "OnePay: in a browser, every visitor can read the secret key. Call from a server, or set dangerouslyAllowBrowser.",
    );
  }
  return { ...settings, baseUrl: baseUrlOf(settings.baseUrl) as string };
}

/** The client's settings with what is changed of them, as options for another client. */
export const changed = (settings: Settings, options: OnePayOptions): OnePayOptions => {
  const given = checked(options, ofClient, "withOptions") as OnePayOptions;
  return { ...settings, ...given, headers: { ...settings.headers, ...given.headers } };
};

/** The options of one call, checked. */
export function callOptions(options: object, operation: Operation, id: string): Record<string, unknown> {
  const checks = { ...ofCall };
  for (const [option] of headerOptions(operation))
    checks[option] = option === "idempotencyKey" ? key : secret;
  return checked(options, checks, id);
}

// The key and whatever it reads go there: it is encrypted, or does not leave the machine. What stands before the
// host or after the path would be shown, or lost.
function baseUrlOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text).href : "";
  return /^(https:|http:\/\/(localhost|127(\.\d+){3}|\[::1\])[:/])[^@?#]*$/.test(url)
    ? url.replace(/\/+$/, "")
    : undefined;
}

interface Platform {
  process?: { env?: Record<string, string | undefined> };
  document?: unknown;
  navigator?: { userAgent?: string };
}

const platform = globalThis as Platform;

// Pages have a document; their workers have none, but a browser's name.
const isBrowser = (): boolean =>
  Boolean(platform.document) || /^Mozilla/.test(platform.navigator?.userAgent ?? "");
