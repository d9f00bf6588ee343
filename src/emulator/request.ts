/** A request as the emulator reads it. */
import type { OperationContract } from "../contract.js";
import { pathBelowVersion } from "./router.js";

export interface EmulatedRequest {
  readonly method: string;
  /** `https://api.onepay.la`, or the server's. */
  readonly origin: string;
  /** Path below the version, as it was sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The body as it was sent. */
  readonly text: string;
  /** The parsed body; `undefined` if there is none or if it isn't JSON. */
  readonly body: unknown;
  /** Values of the path's parameters, by name. */
  readonly ids: { readonly [name: string]: string };
}

export async function readRequest(request: Request): Promise<EmulatedRequest> {
  return emulatedRequest(request.method, new URL(request.url), request.headers, await request.text());
}

export const emulatedRequest = (
  method: string,
  url: URL,
  headers: Headers,
  text: string,
): EmulatedRequest => ({
  method: method.toUpperCase(),
  origin: url.origin,
  path: pathBelowVersion(url.pathname),
  query: url.searchParams,
  headers,
  text,
  body: parse(text),
  ids: {},
});

function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The query without the parameters that the document doesn't describe: the operation ignores those. */
export function documentedQuery(
  { parameters }: OperationContract,
  { query }: EmulatedRequest,
): URLSearchParams {
  const names = new Set(parameters.map(({ name }) => name));
  const documented = new URLSearchParams();
  for (const [key, value] of query) {
    // `filter[email]` belongs to the parameter `filter`.
    if (names.has(key.replace(/\[.*/, ""))) documented.append(key, value);
  }
  return documented;
}
