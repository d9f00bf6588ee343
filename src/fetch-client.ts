/** The other door: openapi-fetch's client, typed by the document, over the same `send`. */
import createClient, { type Client } from "openapi-fetch";
import { operations } from "../generated/operations.js";
import type { paths } from "../generated/schema.js";
import { ApiError } from "./errors.js";
import { type Settings, settingsOf } from "./options.js";
import { send } from "./send.js";
import type { OnePayOptions, Operation } from "./types.js";
import { fillPath } from "./url.js";

/** The headers of an operation that the client sets where the caller does not. */
type Loose<Operation> = Operation extends { parameters: { header: infer Header } }
  ? Omit<Operation, "parameters"> & {
      parameters: Omit<Operation["parameters"], "header"> & { header?: Partial<Header> };
    }
  : Operation;

/** The document's paths, with the idempotency key optional: the client makes one for each call. */
export type FetchClientPaths = {
  [Path in keyof paths]: { [Method in keyof paths[Path]]: Loose<paths[Path][Method]> };
};

/**
 * The openapi-fetch client of the API: same key, retries, limits and refusals as `OnePay`. It gives openapi-fetch's
 * `{ data, error, response }` for successes and error statuses, and throws for the rest: the connection, a limit, a
 * redirect, an answer that cannot be read, a request that is refused before it is sent. Every error status has an
 * `error`: `{}` where the server said nothing.
 *
 * The session calls take their token as the header `X-Customer-Token`. What is known of the outcome of a call that
 * failed with a status stands on `errorOf(response)`.
 *
 * @example
 * const onepay = createFetchClient({ apiKey: process.env.ONEPAY_API_KEY });
 * const { data, error } = await onepay.POST("/customers", { body });
 *
 * @throws TypeError where the key is missing, is no secret key, or an option is wrong.
 */
export function createFetchClient(options: OnePayOptions = {}): Client<FetchClientPaths> {
  const settings = settingsOf(options);
  return createClient<FetchClientPaths>({
    baseUrl: settings.baseUrl,
    // openapi-fetch's own would let an empty id through, or a dot that the URL then swallows.
    pathSerializer: (path, ids) => fillPath(path, (name) => ids[name]),
    fetch: (request) => sendRequest(settings, request),
  });
}

const errors = new WeakMap<Response, ApiError>();

/**
 * The error that the flat methods would have thrown for this response of `createFetchClient`: its outcome, its
 * idempotency key, the number of attempts. `undefined` for a success.
 */
export const errorOf = (response: Response): ApiError | undefined => errors.get(response);

async function sendRequest(settings: Settings, request: Request): Promise<Response> {
  const { url, signal } = request;
  const [id, operation] = operationOf(settings, request);
  const headers = Object.fromEntries(request.headers);
  const given: Record<string, unknown> = { signal, headers };
  // What is an option of the flat methods is a header here, where openapi-fetch has it.
  for (const [option, header] of Object.entries(operation.headers ?? {})) {
    given[option] = headers[header];
    delete headers[header];
  }
  const body = operation.body && (await request.text());
  try {
    const { response, text } = await send(settings, id, operation, url, body, given);
    return answer(response, text);
  } catch (error) {
    // No Response can be made of a status beyond the standard's.
    if (!(error instanceof ApiError) || error.status > 599) throw error;
    const response = answer(error, textOf(error.body));
    errors.set(response, error);
    return response;
  }
}

function answer(init: Pick<Response, "status" | "headers">, text: string): Response {
  const response = new Response(text || null, init);
  // It is the server's, of a text that was compressed, maybe; and where it is 0, openapi-fetch makes no error value.
  response.headers.delete("content-length");
  return response;
}

// `if (error)` must miss no failure: a body that does not count as true, or is too deep to be written, becomes {}.
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body || {});
  } catch {
    return "{}";
  }
}

// The key goes with the request, so it goes only to what the document describes, at the client's own address.
function operationOf({ baseUrl }: Settings, { method, url }: Request): [id: string, operation: Operation] {
  const [path = "outside baseUrl"] = url.startsWith(baseUrl) ? url.slice(baseUrl.length).split(/[?#]/) : [];
  const ofMethod = Object.entries<Operation>(operations).filter(
    (entry) => entry[1].method === method.toLowerCase(),
  );
  const found =
    ofMethod.find((entry) => entry[1].path === path) ??
    // An id that was not given stays a brace.
    ofMethod.find((entry) =>
      new RegExp(`^${entry[1].path.replace(/\{(.+?)\}/g, "(?!%7B)[^/]+")}$`).test(path),
    );
  if (!found) throw new TypeError(`The document has no ${method} ${path}.`);
  return found;
}
