/** A request as the emulator reads it. */
import { pathBelowVersion } from "./router.js";

export interface EmulatedRequest {
  readonly method: string;
  /** Path below the version, decoded by segment where ids are read. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The body as it was sent. */
  readonly text: string;
  /** The parsed body; `undefined` if there is none or if it isn't JSON. */
  readonly body: unknown;
  ids: { readonly [name: string]: string };
}

export async function readRequest(request: Request): Promise<EmulatedRequest> {
  const url = new URL(request.url);
  const text = await request.text();
  return {
    method: request.method.toUpperCase(),
    path: pathBelowVersion(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    text,
    body: parse(text),
    ids: {},
  };
}

function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
