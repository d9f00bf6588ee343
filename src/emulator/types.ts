/** The types of the emulator. */
import type { Customer } from "../../generated/schema.js";
import type { FaultKind } from "./faults.js";

/** A customer as the emulator stores it: what was sent, and what the server adds. */
export type StoredCustomer = Customer;

export interface StoredTransaction {
  readonly id: string;
  readonly customer_id: string;
  readonly amount: number;
  readonly concept?: string;
  readonly created_at: string;
}

export interface StoredCard {
  readonly id: string;
  readonly customer_id: string;
  readonly brand: string;
  readonly label: string;
  readonly last_four: string;
  readonly expiration_date: string;
  readonly card_name: string;
  readonly country: string;
  readonly created_at: string;
}

export interface StoredAccount {
  readonly id: string;
  readonly customer_id: string;
  readonly status: string;
  readonly subtype: string;
  readonly authorization: boolean;
  readonly bank: { readonly id: string; readonly name: string };
  readonly created_at: string;
}

export interface StoredSession {
  readonly token: string;
  readonly customer_id: string;
  readonly expires_at: string;
}

export interface StoredCharge {
  readonly charge_id: string;
  readonly customer_id: string;
  status: "created" | "paid" | "failed";
  readonly amount: number;
  readonly currency: string;
  readonly description: string | null;
  remarks: string | null;
  paid_at: string | null;
  readonly created_at: string;
}

/** A response that is replayed for its idempotency key. */
export interface StoredResponse {
  /** Path and body of the request. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

/** Everything that the emulator remembers, as plain JSON. */
export interface EmulatorState {
  readonly version: 1;
  companyBalance: number;
  /** Counter of the random numbers, so that a restored emulator goes on with new ids. */
  draws: number;
  readonly customers: StoredCustomer[];
  readonly transactions: StoredTransaction[];
  readonly cards: StoredCard[];
  readonly accounts: StoredAccount[];
  readonly sessions: StoredSession[];
  readonly charges: StoredCharge[];
  /** One-time passwords that weren't used yet, by phone. */
  readonly passwords: { [phone: string]: string };
  /** Responses by API key, operation and idempotency key. */
  readonly responses: { [key: string]: StoredResponse };
}

/** Which of OnePay's list envelopes the emulator returns. */
export type EnvelopeKind = "A" | "B" | "C" | "array";

export interface EmulatorOptions {
  /**
   * The same seed returns the same ids and one-time passwords in every run.
   *
   * @default 1
   */
  readonly seed?: number | undefined;
  /**
   * The current time.
   *
   * @default () => new Date()
   */
  readonly now?: (() => Date) | undefined;
  /**
   * The company's balance in whole pesos, which top-ups draw from.
   *
   * @default 1_000_000_000
   */
  readonly companyBalance?: number | undefined;
  /**
   * The envelope of lists: `"A"` has `total` and `last_page`, `"B"` URLs of pages, `"C"` a `meta` object, `"array"` none.
   *
   * @default "A"
   */
  readonly envelope?: EnvelopeKind | undefined;
  /**
   * Lists ignore `filter`, as a server may: the first row is somebody else.
   *
   * @default false
   */
  readonly ignoreFilters?: boolean | undefined;
  /**
   * API keys that are accepted. By default, each test key is.
   *
   * @default undefined
   */
  readonly apiKeys?: readonly string[] | undefined;
  /** Random faults, for soak tests: `rate` is the share of requests that fail, from 0 to 1. */
  readonly faults?: { readonly seed: number; readonly rate: number } | undefined;
  /** A state that `emulator.state()` returned. */
  readonly state?: EmulatorState | undefined;
}

/** A request that the emulator received, for assertions. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  /** The operationId; `undefined` if the document doesn't describe the request. */
  readonly operation: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly body: unknown;
  /** The status that was returned; `undefined` if the response was lost. */
  status: number | undefined;
  /** Whether the response was stored for an earlier request with the same idempotency key. */
  isReplay: boolean;
  /** The fault that was injected. */
  fault: FaultKind | undefined;
  /** Why the request failed, in a few words. */
  reason: string | undefined;
}
