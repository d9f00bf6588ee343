/** The flat door: every operation of the document as a method of its resource. */
import { createQuerySerializer } from "openapi-fetch";
import { operations, type Resources } from "../generated/operations.js";
import { callOf, fillPath } from "./call.js";
import { changed, type Settings, settingsOf } from "./options.js";
import { itemsFrom, pageOf } from "./page.js";
import { type Answer, send } from "./send.js";
import type { Environment, OnePayOptions, OnePayPromise, Operation, Page, PagePromise } from "./types.js";

/**
 * The client: every operation of OnePay's customers API as a method. It never throws synchronously: faults of
 * arguments reject, as `TypeError`s; what goes wrong afterwards rejects with a `OnePayError`.
 *
 * @example
 * const onepay = new OnePay({ apiKey: process.env.ONEPAY_API_KEY });
 * const customer = await onepay.customers.create(body);
 *
 * @throws TypeError from the constructor where the key is missing, is no secret key, or an option is wrong.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor makes every resource of the interface, from the same data
export class OnePay {
  /** The environment that the key selects. */
  readonly environment: Environment;
  // Private, so that no print, no JSON and no logger finds the key in it.
  readonly #settings: Settings;

  constructor(options: OnePayOptions = {}) {
    const settings = settingsOf(options);
    this.#settings = settings;
    this.environment = settings.environment;
    const resources: Record<string, Record<string, unknown>> = {};
    for (const [id, operation] of Object.entries<Operation>(operations)) {
      const call = (...args: unknown[]) => invoke(settings, id, operation, args);
      resources[operation.resource] = { ...resources[operation.resource], [operation.name]: call };
    }
    Object.assign(this, resources);
  }

  /** A copy of this client with some options changed. Headers are added to those that it has. */
  withOptions(options: OnePayOptions): OnePay {
    return new OnePay(changed(this.#settings, options));
  }
}

export interface OnePay extends Resources {}

const serialise = createQuerySerializer<Record<string, unknown>>();

/** Path parameters by position, then body, then query, then options. */
function invoke(
  settings: Settings,
  id: string,
  operation: Operation,
  args: unknown[],
): OnePayPromise<unknown> {
  const { path, body, query, pagination } = operation;
  let next = 0;
  const ids: unknown[] = path.match(/\{/g)?.map(() => args[next++]) ?? [];
  const content = body && args[next++];
  const parameters = (query && args[next++]) as Record<string, unknown> | undefined;
  const options = args[next] as object | undefined;

  const request = async (search = parameters): Promise<Answer> => {
    let index = 0;
    const place = fillPath(path, () => ids[index++]);
    const url = `${settings.baseUrl}${place}${search ? questioned(search) : ""}`;
    return send(callOf(settings, id, operation, url, body && JSON.stringify(content), options));
  };
  if (!pagination) return withResponse(request(), ({ data }) => data);

  const ask = (number: number, before?: Page<unknown>): PagePromise<unknown> => {
    const search = before ? { ...parameters, [pagination.page]: number } : parameters;
    const page = withResponse(request(search), (answer): Page<unknown> => {
      const made: Page<unknown> = pageOf(answer, number, (following) => ask(following, made), before);
      return made;
    });
    return Object.assign(page, { [Symbol.asyncIterator]: () => itemsFrom(page) });
  };
  return ask(Number(parameters?.[pagination.page] ?? 1));
}

const questioned = (query: Record<string, unknown>): string => {
  const text = serialise(query);
  return text && `?${text}`;
};

/** The promise of the data, with the way to what surrounds it. */
function withResponse<T>(answer: Promise<Answer>, read: (answer: Answer) => T): OnePayPromise<T> {
  const data = answer.then(read);
  return Object.assign(data, {
    withResponse: async () => {
      // Awaited first: it carries the fault, so that nobody is left with a rejection that none handles.
      const value = await data;
      const { response, attempts, call } = await answer;
      return { data: value, response, idempotencyKey: call.idempotencyKey, attempts };
    },
  });
}
