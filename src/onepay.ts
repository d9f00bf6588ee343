/** The client: every operation of the document as a method of its resource. */
import { operations, type Resources } from "../generated/operations.js";
import { callMethod } from "./methods.js";
import { withoutPrototype } from "./objects.js";
import { type ClientSettings, mergeClientOptions, resolveClientOptions } from "./options.js";
import { sendRawRequest } from "./raw-request.js";
import type {
  Environment,
  OnePayOptions,
  OnePayPromise,
  Operation,
  RawRequest,
  RawRequestOptions,
} from "./types.js";

/**
 * The client of OnePay's customers API, with a method for each operation. Methods never throw synchronously: they
 * reject with a `TypeError` if an argument is wrong, and with a `OnePayError` if the call fails.
 *
 * @example
 * const onepay = new OnePay({ apiKey: process.env.ONEPAY_API_KEY });
 * const customer = await onepay.customers.create(body);
 *
 * @throws TypeError from the constructor if there is no secret key or if an option is wrong.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor creates every resource of the interface, from the same data
export class OnePay {
  /** The environment that the API key selects. */
  readonly environment: Environment;
  // Private, so that no log and no JSON shows the API key.
  readonly #settings: ClientSettings;

  constructor(options?: OnePayOptions) {
    const settings = resolveClientOptions(options);
    this.#settings = settings;
    this.environment = settings.environment;
    const resources = this as unknown as Record<string, Record<string, unknown>>;
    for (const [id, description] of Object.entries<Operation>(operations)) {
      const operation = withoutPrototype(description);
      const { resource, name } = operation;
      if (!Object.hasOwn(resources, resource)) resources[resource] = {};
      Object.assign(resources[resource] as object, {
        [name]: (...args: unknown[]) => callMethod(settings, id, operation, args),
      });
    }
  }

  /**
   * Sends a request to a path of OnePay's API that has no method, such as payments or webhooks, with the same
   * authentication, retries, timeouts, errors and events. GET and HEAD are retried; other methods have an idempotency
   * key, and are retried with it.
   *
   * @example
   * const payment = await onepay.request<Payment>({ method: "POST", path: "/payments", body: { amount: 50_000 } });
   */
  request<T = unknown>(request: RawRequest, options?: RawRequestOptions): OnePayPromise<T> {
    return sendRawRequest<T>(this.#settings, request, options);
  }

  /**
   * A copy of this client with some options changed. Headers and fetch options are added to the existing ones. A
   * subclass gets an instance of the subclass: its constructor must accept the options.
   */
  withOptions(options: OnePayOptions): this {
    const Client = this.constructor as new (options: OnePayOptions) => this;
    return new Client(mergeClientOptions(this.#settings, options));
  }
}

export interface OnePay extends Resources {}
