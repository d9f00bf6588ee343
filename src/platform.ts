/** What differs between JavaScript runtimes. */

export type Runtime = "node" | "deno" | "bun" | "workerd" | "other";

interface Globals {
  readonly Deno?: unknown;
  readonly Bun?: unknown;
  readonly EdgeRuntime?: unknown;
  readonly process?: {
    readonly env?: { readonly [name: string]: string | undefined };
    readonly release?: { readonly name?: string };
    readonly versions?: { readonly electron?: string };
  };
  readonly navigator?: { readonly userAgent?: string; readonly product?: string };
}

const globals = globalThis as Globals & { readonly [symbol: symbol]: unknown };

/**
 * The runtime's `fetch` at the time the client was loaded. If somebody replaces the global one later, as tests do, it
 * isn't the platform's any more.
 */
const platformFetch: unknown = globalThis.fetch;

/** Node.js-compatible runtimes have `process` too, so they're checked first. */
export function detectRuntime(): Runtime {
  if (globals.Deno) return "deno";
  if (globals.Bun) return "bun";
  if (globals.navigator?.userAgent === "Cloudflare-Workers") return "workerd";
  const { process } = globals;
  // Electron's renderer and Vercel's Edge Runtime have a `fetch` that isn't the one of Node.js.
  const isNode = process?.release?.name === "node" && !process.versions?.electron && !globals.EdgeRuntime;
  return isNode ? "node" : "other";
}

/** Whether everybody who uses this program can read the secret key. */
export function isBrowser(): boolean {
  const { userAgent, product } = globals.navigator ?? {};
  return (typeof userAgent === "string" && userAgent.startsWith("Mozilla/")) || product === "ReactNative";
}

export function environmentVariable(name: string): string | undefined {
  try {
    return globals.process?.env?.[name];
  } catch {
    // Deno throws without the permission, which a program that passes its options doesn't need.
    return undefined;
  }
}

/** Whether the call uses the runtime's own `fetch`, so that its behavior is known. */
export const isPlatformFetch = (fetch: unknown): boolean => (fetch ?? globalThis.fetch) === platformFetch;

/**
 * Whether the body is sent as a stream. A stream can't be sent a second time, so neither Deno (after a broken
 * connection) nor Node.js (after a 421) repeats the request without the client's knowledge. Other runtimes don't
 * repeat a POST, or don't support streams.
 */
export const streamsBody = (runtime: Runtime, fetch: unknown): boolean =>
  (runtime === "node" || runtime === "deno") && isPlatformFetch(fetch);

/**
 * Whether this request reaches the server at most once, so that the last response or error code is about the first
 * request as well. Every platform may repeat GET, PUT and DELETE on its own. Browsers and unknown runtimes may
 * repeat a POST, too.
 */
export function isSentOnce(
  method: string,
  runtime: Runtime,
  fetch: unknown,
  dispatcher: unknown,
  hasBody: boolean,
): boolean {
  if (method !== "post" && method !== "patch") return false;
  const isStreamed = hasBody && streamsBody(runtime, fetch);
  if (runtime === "deno") return isStreamed;
  if (runtime === "node")
    return (isStreamed || !isPlatformFetch(fetch)) && !hasRetryingDispatcher(dispatcher);
  return runtime === "bun" || runtime === "workerd";
}

/** Dispatchers of undici that send each request once. */
const plainDispatchers = new Set([
  "Agent",
  "ProxyAgent",
  "EnvHttpProxyAgent",
  "MockAgent",
  "Dispatcher1Wrapper",
]);

/** undici keeps its global dispatcher under these symbols, for all copies of it in the process. */
const globalDispatchers = ["undici.globalDispatcher.1", "undici.globalDispatcher.2"].map((name) =>
  Symbol.for(name),
);

/** Whether an undici dispatcher, such as `RetryAgent` or a composed one, may repeat requests without the client's knowledge. */
function hasRetryingDispatcher(dispatcher: unknown): boolean {
  const used = dispatcher ? [dispatcher] : globalDispatchers.map((symbol) => globals[symbol]).filter(Boolean);
  return !used.every(isPlainDispatcher);
}

function isPlainDispatcher(dispatcher: unknown): boolean {
  const { constructor: Class, dispatch } = dispatcher as {
    constructor?: DispatcherClass;
    dispatch?: unknown;
  };
  // A composed dispatcher looks like the one it was made of, but has another `dispatch`.
  return Class?.prototype?.dispatch === dispatch && plainDispatchers.has(Class?.name ?? "");
}

interface DispatcherClass {
  readonly name: string;
  readonly prototype?: { readonly dispatch?: unknown };
}
