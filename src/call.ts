/** One logical call: everything that its attempts need, taken from the arguments when the call is made. */
import { createIdempotencyKey } from "./idempotency-key.js";
import { withoutPrototype } from "./objects.js";
import { type CallSettings, type Checks, createCallChecks, resolveCallOptions } from "./options.js";
import type { Operation } from "./types.js";

export interface Call {
  /** The operationId; the method and path template of a raw request. */
  readonly operation: string;
  /** What the user typed, for messages: `customers.create`. */
  readonly label: string;
  readonly method: Operation["method"];
  /** Path template, without ids. */
  readonly path: string;
  readonly retry: Operation["retry"];
  readonly url: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly settings: CallSettings;
  readonly idempotencyKey: string | undefined;
  /** Whether a success may have an empty body with any status. */
  readonly mayBeEmpty: boolean;
  readonly hasCustomerToken: boolean;
  /** Strings that no message, event or log may contain. */
  readonly secrets: readonly string[];
}

/** What has happened so far in a call. */
export interface CallState {
  attempts: number;
  /** Whether an attempt may have had an effect. Once true, only a success settles it. */
  mayHaveActed: boolean;
  /** Whether a response deviated from the document: it's reported once. */
  hasDrifted?: boolean;
}

/** What is the same for all calls of an operation. Without a prototype, since its optional properties are read by name. */
export interface Target {
  readonly operation: string;
  readonly label: string;
  readonly method: Operation["method"];
  readonly path: string;
  readonly retry: Operation["retry"];
  /** Options that become headers: option → header. */
  readonly headers?: Operation["headers"];
  /** Whether the document doesn't describe the request: secrets are optional, and `retry` is an option. */
  readonly isRaw?: boolean;
  readonly mayBeEmpty: boolean;
  readonly optionChecks: Checks;
}

/** Prepares what all calls of an operation share. */
export function createTarget(description: Omit<Target, "optionChecks">): Target {
  const { headers = {}, isRaw = false } = withoutPrototype(description);
  return withoutPrototype({ ...description, optionChecks: createCallChecks(Object.keys(headers), isRaw) });
}

const json = "application/json";

/**
 * @throws TypeError if an option is wrong.
 */
export function createCall(
  client: CallSettings,
  target: Target,
  url: string,
  body: string | undefined,
  options: unknown,
): Call {
  const { label, headers: headerOptions = {}, isRaw = false } = target;
  const settings = resolveCallOptions(client, options, target.optionChecks, label);
  const { headerValues } = settings;
  const secrets = [client.apiKey, ...Object.values(settings.headers)];
  const headers: Record<string, string> = {
    // Without it, an error may arrive as a page or a redirect.
    accept: json,
    authorization: `Bearer ${client.apiKey}`,
    ...(body !== undefined && { "content-type": json }),
    ...settings.headers,
  };
  let idempotencyKey: string | undefined;
  for (const [option, header] of Object.entries(headerOptions)) {
    let value = headerValues[option];
    if (option === "idempotencyKey") {
      value ??= createIdempotencyKey(label);
      idempotencyKey = value;
    } else if (value !== undefined) {
      secrets.push(value);
    } else if (!isRaw) {
      throw new TypeError(`${label}: no ${option}. Pass it in the options, as the last argument.`);
    }
    if (value !== undefined) headers[header] = value;
  }
  return {
    operation: target.operation,
    label,
    method: target.method,
    path: target.path,
    retry: settings.retry ?? target.retry,
    mayBeEmpty: target.mayBeEmpty,
    url,
    body,
    headers,
    settings,
    idempotencyKey,
    hasCustomerToken: headerValues.customerToken !== undefined,
    secrets,
  };
}
