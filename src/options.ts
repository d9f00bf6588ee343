/** Options: their defaults, their checks, and what the client makes of them. */
import { operations, server } from "../generated/operations.js";
import { isIdempotencyKey } from "./idempotency-key.js";
import type { Environment, Fetch, HeaderOptions, OnePayEvent, OnePayOptions, Operation } from "./types.js";

/** The options of a client, checked and complete. */
export interface Settings {
  readonly apiKey: string;
  readonly environment: Environment;
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

const isFunction = (value: unknown): boolean => typeof value === "function";
// Timers of the platforms end at 2^31 - 1: above it, they fire at once.
const isDuration = (value: unknown): boolean => typeof value === "number" && value > 0 && value < 2 ** 31;
const isVisible = (value: unknown): boolean => typeof value === "string" && /^[\x21-\x7e]+$/.test(value);

type Check = readonly [valid: (value: unknown) => boolean, must: string];

const duration: Check = [isDuration, "a number of milliseconds above 0 and below 2147483648"];
const aFunction: Check = [isFunction, "a function"];

/** What can be changed for a single call. */
const shared: Record<string, Check> = {
  timeout: duration,
  deadline: duration,
  maxRetries: [(value) => Number.isInteger(value) && (value as number) >= 0, "a whole number from 0"],
  headers: [
    (value) => typeof value === "object" && value !== null,
    "an object: name → text, or null to remove",
  ],
  fetch: aFunction,
  onEvent: aFunction,
};

const ofClient: Record<string, Check> = {
  ...shared,
  apiKey: [(value) => typeof value === "string", "a text"],
  baseUrl: [(value) => typeof value === "string", "a text"],
  dangerouslyAllowBrowser: [(value) => typeof value === "boolean", "true or false"],
};

const signal: Check = [
  (value) => isFunction((value as AbortSignal | null)?.addEventListener),
  "an AbortSignal",
];
const key: Check = [isIdempotencyKey, "1 to 255 visible ASCII characters"];
const secret: Check = [isVisible, "visible ASCII characters, without blanks or line breaks"];

/** The given options without those that are undefined, which mean the default. Values are in no message: they may be secrets. */
function checked(options: object, checks: Record<string, Check>, who: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) && checks[name];
    if (!check) {
      throw new TypeError(
        `${who}: there is no option "${name}". There are: ${Object.keys(checks).join(", ")}.`,
      );
    }
    if (value === undefined) continue;
    if (!check[0](value)) throw new TypeError(`${who}: ${name} must be ${check[1]}.`);
    given[name] = name === "headers" ? headersOf(value as HeaderOptions, who) : value;
  }
  return given;
}

/** The headers that the client sets itself: name → the option that says what goes there. */
const reserved: Record<string, string | undefined> = {
  authorization: "apiKey",
  accept: undefined,
  "content-type": undefined,
};
for (const { idempotencyKey, secrets } of Object.values<Operation>(operations)) {
  if (idempotencyKey) reserved[idempotencyKey.toLowerCase()] = "idempotencyKey";
  for (const option in secrets) reserved[String(secrets[option]).toLowerCase()] = option;
}

export const isReserved = (header: string): boolean => Object.hasOwn(reserved, header);

// Lower case, so that two spellings of one name are one header.
function headersOf(headers: HeaderOptions, who: string): HeaderOptions {
  const lower: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(headers)) {
    const header = name.toLowerCase();
    if (isReserved(header)) {
      const option = reserved[header];
      throw new TypeError(
        `${who}: the header "${name}" cannot be set or removed through headers${option ? `: use the option ${option}` : ", the client sets it itself"}.`,
      );
    }
    // Checked here, since the platform's own message would show the value.
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value ?? "")) {
      throw new TypeError(`${who}: the header "${name}" has a name or a value that no header can have.`);
    }
    if (value !== undefined) lower[header] = value;
  }
  return lower;
}

/** Checks the options of a client and fills in the defaults. */
export function settingsOf(options: OnePayOptions): Settings {
  const given = checked(options, ofClient, "OnePay") as Partial<Settings>;
  const apiKey = given.apiKey ?? environmentKey();
  checkKey(apiKey);
  const settings = { ...defaults, ...given, apiKey };
  if (isBrowser() && !settings.dangerouslyAllowBrowser) {
    throw new TypeError(
      "OnePay: this looks like a browser, where every visitor can read the secret key. Call OnePay from a server; dangerouslyAllowBrowser: true allows it all the same.",
    );
  }
  return {
    ...settings,
    environment: apiKey.startsWith("sk_live_") ? "live" : "test",
    baseUrl: baseUrlOf(settings.baseUrl),
  };
}

/** The client's settings with what is changed of them, as options for another client. */
export const changed = (settings: Settings, options: OnePayOptions): OnePayOptions => {
  const { environment, ...kept } = settings;
  const given = checked(options, ofClient, "withOptions") as OnePayOptions;
  return { ...kept, ...given, headers: { ...kept.headers, ...given.headers } };
};

/** The options of one call, checked. */
export function callOptions(options: object, operation: Operation, id: string): Record<string, unknown> {
  const checks: Record<string, Check> = { ...shared, signal };
  if (operation.idempotencyKey) checks.idempotencyKey = key;
  for (const option in operation.secrets) checks[option] = secret;
  return checked(options, checks, id);
}

function checkKey(key: string | undefined): asserts key is string {
  if (!key) {
    throw new TypeError(
      'OnePay needs a secret key: pass { apiKey: "sk_test_…" }, or set the environment variable ONEPAY_API_KEY.',
    );
  }
  if (key.startsWith("pk_")) {
    throw new TypeError(
      "OnePay: this is a public key (pk_…), made for front ends. Calls from a server need the secret key of the same environment, sk_test_… or sk_live_….",
    );
  }
  if (!/^sk_(test|live)_/.test(key)) {
    throw new TypeError("OnePay: apiKey is no secret key: those begin with sk_test_ or sk_live_.");
  }
  if (!/^sk_(test|live)_[\x21-\x7e]+$/.test(key)) {
    throw new TypeError(
      "OnePay: apiKey ends early or holds a blank, a line break or another character that no key has. Copy it anew.",
    );
  }
}

// The key and whatever it reads go there, so it must be encrypted, or not leave the machine.
function baseUrlOf(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new TypeError("OnePay: baseUrl is no URL. It looks like https://api.example/v1.");
  }
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    throw new TypeError("OnePay: baseUrl must be https; http will do for a loopback address only.");
  }
  const base = (url.origin + url.pathname).replace(/\/+$/, "");
  // Something before the host (a password) or after the path would be shown, or lost.
  if (!url.href.startsWith(base) || url.search || url.hash) {
    throw new TypeError("OnePay: baseUrl must hold no user, no password, no query and no fragment.");
  }
  return base;
}

interface Platform {
  process?: { env?: Record<string, string | undefined> };
  document?: unknown;
  window?: { document?: unknown };
  navigator?: { userAgent?: string };
}

const platform = globalThis as Platform;

const environmentKey = (): string | undefined => platform.process?.env?.ONEPAY_API_KEY;

// Pages have a document; their workers have none, but a browser's name.
const isBrowser = (): boolean =>
  Boolean(platform.document ?? platform.window?.document) ||
  /^Mozilla/.test(platform.navigator?.userAgent ?? "");
