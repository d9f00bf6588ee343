/** The flat door: every operation of the document as a method of its resource. */
import { operations, type Resources } from "../generated/operations.js";
import { changed, type Settings, settingsOf } from "./options.js";
import { itemsFrom, pageOf } from "./page.js";
import { type Answer, send } from "./send.js";
import type { Environment, OnePayOptions, OnePayPromise, Operation, PagePromise } from "./types.js";
import { fillPath, queryOf } from "./url.js";

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
    // `sk_test_…` or `sk_live_…`: the check lets nothing else through.
    this.environment = settings.apiKey.slice(3, 7) as Environment;
    const resources = this as unknown as Record<string, Record<string, unknown>>;
    for (const [id, operation] of Object.entries<Operation>(operations)) {
      const { resource, name } = operation;
      resources[resource] ??= {};
      resources[resource][name] = (...args: unknown[]) => invoke(settings, id, operation, args);
    }
  }

  /** A copy of this client with some options changed. Headers are added to those that it has. */
  withOptions(options: OnePayOptions): OnePay {
    return new OnePay(changed(this.#settings, options));
  }
}

export interface OnePay extends Resources {}

/** Path parameters by position, then body, then query, then options. */
function invoke(
  settings: Settings,
  id: string,
  operation: Operation,
  args: unknown[],
): OnePayPromise<unknown> {
  const { path, body, query, pagination } = operation;
  const ids = args.splice(0, path.split("{").length - 1);
  const content = body && args.shift();
  const parameters = query && (args.shift() as Record<string, unknown> | undefined);

  // `before` has the keys of the items of the page before, and none where that was the last one.
  const request = async (search = parameters, before?: readonly string[]): Promise<Answer> => {
    if (before && !before[0]) throw new RangeError("no next page");
    let index = 0;
    const url = settings.baseUrl + fillPath(path, () => ids[index++]) + queryOf(search);
    return send(settings, id, operation, url, body && JSON.stringify(content), args[0] as object);
  };
  if (!pagination) return withResponse(request(), ({ data }) => data);

  const { page: parameter, items } = pagination;
  const ask = (number?: number, before?: readonly string[]): PagePromise<unknown> => {
    const answer = request(number ? { ...parameters, [parameter]: number } : parameters, before);
    const page = withResponse(answer, (answer) => {
      // Not before: a page that cannot be a number rejects, as all faults of arguments do.
      const current = number ?? Number(parameters?.[parameter] ?? 1);
      return pageOf(answer, items, current, before, (keys) => ask(current + 1, keys));
    });
    return Object.assign(page, { [Symbol.asyncIterator]: () => itemsFrom(page) });
  };
  return ask();
}

/** The promise of the data, with the way to what surrounds it. */
function withResponse<T>(answer: Promise<Answer>, read: (answer: Answer) => T): OnePayPromise<T> {
  const promise = answer.then(read);
  return Object.assign(promise, {
    withResponse: async () => {
      const data = await promise;
      const { text, fail, ...told } = await answer;
      return { ...told, data };
    },
  });
}
