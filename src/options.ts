/** Options: their defaults, their checks, and the settings that the client makes of them. */
import { server } from "../generated/operations.js";
import { checkApiKey, environmentOf } from "./api-key.js";
import { normalizeBaseUrl } from "./base-url.js";
import { type Headers, mergeHeaders } from "./headers.js";
import { isIdempotencyKey } from "./idempotency-key.js";
import { isPlainObject, readProperty } from "./objects.js";
import { detectRuntime, environmentVariable, isBrowser, type Runtime } from "./platform.js";
import type {
  Environment,
  Fetch,
  FetchOptions,
  HeaderOptions,
  OnePayEvent,
  OnePayOptions,
  ResponseCheck,
} from "./types.js";

/** The options of a client: checked, complete, and taken when the client was created. */
export interface ClientSettings {
  readonly apiKey: string;
  readonly environment: Environment;
  readonly baseUrl: string;
  readonly timeout: number;
  readonly deadline: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
  readonly headers: Headers;
  /** `undefined`: the global one, looked up at each call, so that a test may replace it later. */
  readonly fetch: Fetch | undefined;
  readonly fetchOptions: FetchOptions;
  readonly listeners: readonly Listener[];
  readonly responseCheck: ResponseCheck | undefined;
  readonly runtime: Runtime;
  /** The options as they were passed, and what the environment added, for `withOptions()`. */
  readonly options: OnePayOptions;
}

/** The options of one call: the client's, and what this call changes or adds. */
export interface CallSettings extends ClientSettings {
  readonly signal: AbortSignal | undefined;
  /** Only `onepay.request()` has this option. */
  readonly retry: "never" | undefined;
  /** The call's options by name; those that become headers are read from it. */
  readonly headerValues: { readonly [option: string]: string | undefined };
}

export type Listener = (event: OnePayEvent) => unknown;

const defaults = {
  timeout: 30_000,
  // Below the minute that most load balancers wait.
  deadline: 60_000,
  maxRetries: 2,
  maxResponseBytes: 33_554_432,
};

interface Check {
  readonly isValid: (value: unknown) => boolean;
  /** Completes the sentence "… must be". */
  readonly expected: string;
}

// Timers of the platforms end at 2^31 - 1 ms: above it, they fire at once.
const milliseconds: Check = {
  isValid: (value) => typeof value === "number" && value > 0 && value < 1e9,
  expected: "a number of milliseconds above 0 and below 1000000000",
};
const count: Check = {
  isValid: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  expected: "a whole number of at least 0",
};
const positiveCount: Check = {
  isValid: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  expected: "a whole number of at least 1",
};
const callable: Check = { isValid: (value) => typeof value === "function", expected: "a function" };
const plainObject: Check = {
  isValid: isPlainObject,
  expected: "a plain object. Convert Headers or a Map with Object.fromEntries()",
};
const visibleAscii: Check = {
  isValid: (value) => typeof value === "string" && /^[!-~]+$/.test(value),
  expected: "a string of visible ASCII characters",
};

const sharedChecks = {
  timeout: milliseconds,
  deadline: milliseconds,
  maxRetries: count,
  maxResponseBytes: positiveCount,
  headers: plainObject,
  fetch: callable,
  fetchOptions: plainObject,
  onEvent: callable,
  responseCheck: callable,
};

const string: Check = { isValid: (value) => typeof value === "string", expected: "a string" };

const clientChecks: Checks = {
  // Their form is checked in api-key.ts and base-url.ts.
  apiKey: string,
  baseUrl: string,
  ...sharedChecks,
  dangerouslyAllowBrowser: { isValid: (value) => typeof value === "boolean", expected: "true or false" },
};

const callChecks: Checks = {
  ...sharedChecks,
  signal: { isValid: isAbortSignal, expected: "an AbortSignal" },
};

const idempotencyKey: Check = {
  isValid: isIdempotencyKey,
  expected: "a string of 1 to 255 visible ASCII characters",
};

export type Checks = { readonly [option: string]: Check };

/** Names of options that are data by mistake: in a body or a query. */
export const optionNames: readonly string[] = [
  ...Object.keys({ ...clientChecks, ...callChecks }),
  "idempotencyKey",
  "customerToken",
  "retry",
];

/** Recognized by what the client uses: other realms, jsdom and edge runtimes have another class. */
function isAbortSignal(value: unknown): boolean {
  const signal = Object(value);
  return typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function";
}

/** The options of a client: read by name, checked, `undefined` ones left out. */
function readOptions(options: unknown, checks: Checks, context: string): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  if (options === undefined || options === null) return values;
  if (typeof options !== "object" || Array.isArray(options))
    throw new TypeError(notAnObject(context, checks));
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(checks, name));
  if (unknown !== undefined) throw new TypeError(unknownOption(unknown, Object.keys(checks), context));
  for (const [name, { isValid, expected }] of Object.entries(checks)) {
    const value = readProperty(options, name);
    if (value === undefined) continue;
    // The value isn't in the message: it may be a secret.
    if (!isValid(value)) throw new TypeError(`${context}: ${name} must be ${expected}.`);
    values[name] = value;
  }
  return values;
}

function notAnObject(context: string, checks: Checks): string {
  if (context === "OnePay") return 'OnePay: pass an object: new OnePay({ apiKey: "sk_test_…" }).';
  const example = "customerToken" in checks ? '{ customerToken: "…" }' : "{ timeout: 10_000 }";
  return `${context}: the options must be an object, such as ${example}.`;
}

function unknownOption(name: string, available: string[], context: string): string {
  const shown = JSON.stringify(name.slice(0, 40));
  const isLike = (option: string) => {
    const [a, b] = [option.toLowerCase(), name.toLowerCase().replace(/[_-]/g, "")];
    return a === b || (b.length > 3 && (a.includes(b) || b.includes(a)));
  };
  const nearest = available.find(isLike);
  const hint = nearest
    ? ` Did you mean ${nearest}?`
    : fetchOptionNames.has(name)
      ? ` Pass it in fetchOptions: { ${name} }.`
      : Object.hasOwn(clientChecks, name)
        ? ` It's an option of the client: pass it to new OnePay() or withOptions().`
        : "";
  return `${context}: unknown option ${shown}.${hint} Available options: ${available.join(", ")}.`;
}

const fetchOptionNames = new Set([
  "cache",
  "client",
  "credentials",
  "dispatcher",
  "integrity",
  "keepalive",
  "mode",
  "next",
  "priority",
  "referrer",
  "referrerPolicy",
  "tls",
  "cf",
  "proxy",
  "agent",
]);

/** What the client itself passes to fetch. */
const reservedFetchOptions = ["method", "headers", "body", "redirect", "signal", "duplex"];

function readFetchOptions(values: Record<string, unknown>, context: string): FetchOptions {
  const fetchOptions = { ...(values.fetchOptions as FetchOptions | undefined) };
  const reserved = reservedFetchOptions.find((name) => Object.hasOwn(fetchOptions, name));
  if (reserved)
    throw new TypeError(`${context}: fetchOptions can't have ${reserved}, since the client sets it.`);
  return fetchOptions;
}

/**
 * Checks the options of a client and fills in the defaults, also those of a call.
 *
 * @throws TypeError if an option is wrong or the API key is missing.
 */
export function resolveClientOptions(given: OnePayOptions | undefined): CallSettings {
  const options = readOptions(given, clientChecks, "OnePay") as OnePayOptions;
  const apiKey = checkApiKey(options.apiKey ?? environmentVariable("ONEPAY_API_KEY"));
  if (isBrowser() && !options.dangerouslyAllowBrowser) {
    throw new TypeError(
      "OnePay: every user of a browser or an app can read the secret key. Call OnePay from your server. If only you open this page, set dangerouslyAllowBrowser: true.",
    );
  }
  const environment = environmentOf(apiKey);
  const baseUrl = options.baseUrl ?? (environmentVariable("ONEPAY_BASE_URL") || server);
  const { timeout, deadline, maxRetries, maxResponseBytes } = { ...defaults, ...options };
  return {
    apiKey,
    environment,
    baseUrl: normalizeBaseUrl(baseUrl, environment),
    timeout: timeout as number,
    deadline: deadline as number,
    maxRetries: maxRetries as number,
    maxResponseBytes: maxResponseBytes as number,
    headers: mergeHeaders({}, options.headers, "OnePay"),
    fetch: options.fetch,
    fetchOptions: readFetchOptions(options as Record<string, unknown>, "OnePay"),
    listeners: options.onEvent ? [options.onEvent] : [],
    responseCheck: options.responseCheck,
    runtime: detectRuntime(),
    // With what came from the environment, which may change later.
    options: { ...options, apiKey, baseUrl },
    signal: undefined,
    retry: undefined,
    // Without a prototype: its values are read by name.
    headerValues: Object.create(null),
  };
}

/** The options of a client with some changed, for another client. */
export function mergeClientOptions(
  current: ClientSettings,
  changes: OnePayOptions | undefined,
): OnePayOptions {
  const changed = readOptions(changes, clientChecks, "OnePay.withOptions") as OnePayOptions;
  const headers = mergeHeaders(current.headers, changed.headers, "OnePay.withOptions");
  const fetchOptions = { ...current.fetchOptions, ...changed.fetchOptions };
  return { ...current.options, ...changed, headers, fetchOptions };
}

/** The checks of the options of a call. `headerOptions` are the options that become headers. */
export function createCallChecks(headerOptions: readonly string[], acceptsRetry: boolean): Checks {
  const headerChecks = headerOptions.map((name) => [
    name,
    name === "idempotencyKey" ? idempotencyKey : visibleAscii,
  ]);
  return {
    ...callChecks,
    ...(acceptsRetry && { retry: { isValid: (value) => value === "never", expected: '"never"' } }),
    ...Object.fromEntries(headerChecks),
  };
}

/**
 * The client's settings with what one call changes of them.
 *
 * @throws TypeError if an option is wrong.
 */
export function resolveCallOptions(
  client: CallSettings,
  given: unknown,
  checks: Checks,
  context: string,
): CallSettings {
  if (given === undefined || given === null) return client;
  const values = readOptions(given, checks, context);
  const { headers, onEvent, fetchOptions, ...changed } = values;
  return {
    ...client,
    ...changed,
    headers: headers ? mergeHeaders(client.headers, headers as HeaderOptions, context) : client.headers,
    fetchOptions: fetchOptions
      ? { ...client.fetchOptions, ...readFetchOptions(values, context) }
      : client.fetchOptions,
    listeners: onEvent ? [...client.listeners, onEvent as Listener] : client.listeners,
    headerValues: values as CallSettings["headerValues"],
  };
}
