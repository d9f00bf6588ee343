/**
 * A local OnePay that keeps state, honors idempotency keys and can lose a response. For tests of your integration.
 *
 * @module
 */
import type { FetchInit } from "../types.js";
import { addAccount, addCard } from "./accounts-and-cards.js";
import type { Context } from "./context.js";
import { brokenConnection, deliver } from "./deliver.js";
import { createFaults, type FaultKind, type FaultOptions } from "./faults.js";
import { type Emulation, type Handled, handle } from "./handle.js";
import { checkOptions } from "./options.js";
import { createRandom } from "./random.js";
import { type EmulatedRequest, readRequest } from "./request.js";
import { passwordFor } from "./sessions.js";
import { checkState, createState, replaceState } from "./state.js";
import type {
  EmulatorOptions,
  EmulatorState,
  RecordedRequest,
  StoredAccount,
  StoredCard,
  StoredCustomer,
} from "./types.js";
import { balanceOf } from "./wallet.js";

export { type Assumption, assumptions } from "./assumptions.js";
export { InvalidArgument } from "./checks.js";
export { type FaultKind, type FaultOptions, faultKinds } from "./faults.js";
export { checkState } from "./state.js";
export type * from "./types.js";

/** A local OnePay. */
export interface Emulator {
  /** Pass it as the client's option `fetch`. */
  fetch(url: string, init?: FetchInit): Promise<Response>;
  /** Responds to a request, for MSW, Hono and other servers. A broken connection is `Response.error()`. */
  handle(request: Request): Promise<Response>;
  /**
   * Makes the next request of an operation fail. `"*"` is any operation.
   *
   * @throws TypeError if the operation, the fault or an option is wrong.
   *
   * @example
   * emulator.injectFault("createCustomer", "lose-response");
   */
  injectFault(operation: string, kind: FaultKind, options?: FaultOptions): void;
  /** The customers that exist now. */
  readonly customers: readonly StoredCustomer[];
  /** Every request since the start or the last reset. */
  readonly requests: readonly RecordedRequest[];
  /** The company's balance in whole pesos. */
  readonly companyBalance: number;
  /** Whole pesos in a customer's wallet. */
  balance(customerId: string): number;
  /**
   * The one-time password that a phone received, until it's used.
   *
   * @throws TypeError if the phone has no country prefix.
   */
  otp(phone: string): string;
  /**
   * Adds a card to a customer.
   *
   * @throws TypeError if there is no such customer.
   */
  addCard(customerId: string, card?: Partial<StoredCard>): StoredCard;
  /**
   * Adds a bank account to a customer.
   *
   * @throws TypeError if there is no such customer.
   */
  addAccount(customerId: string, account?: Partial<StoredAccount>): StoredAccount;
  /** Everything that the emulator remembers, as plain JSON. */
  state(): EmulatorState;
  /**
   * Replaces everything that the emulator remembers.
   *
   * @throws TypeError if the value isn't a state.
   */
  setState(state: EmulatorState): void;
  /** Forgets everything: customers, keys, faults and recorded requests. */
  reset(): void;
}

/**
 * The whole of an emulator; its server needs more than its users.
 *
 * @internal
 */
export interface EmulatorInternals {
  readonly emulator: Emulator;
  readonly handle: (request: EmulatedRequest) => Promise<Handled>;
}

/**
 * Creates an emulator.
 *
 * @throws TypeError if an option is wrong.
 *
 * @example
 * const emulator = createEmulator();
 * const onepay = new OnePay({ apiKey: "sk_test_emulator", fetch: emulator.fetch });
 */
export const createEmulator = (options: EmulatorOptions = {}): Emulator => createInternals(options).emulator;

/** @internal */
export function createInternals(options: EmulatorOptions): EmulatorInternals {
  checkOptions(options);
  const { seed = 1, now = () => new Date(), envelope = "A", ignoreFilters = false } = options;
  const initial = options.state ? checkState(options.state) : createState(options.companyBalance);
  const state = structuredClone(initial);
  const context: Context = { state, random: createRandom(seed, state), now, envelope, ignoreFilters };
  const requests: RecordedRequest[] = [];
  const emulation: Emulation = {
    context,
    faults: createFaults(options.faults),
    inProgress: new Map(),
    apiKeys: options.apiKeys,
    record: (request) => requests.push(request),
  };
  const run = async (request: Request) => handle(emulation, await readRequest(request));
  const emulator: Emulator = {
    fetch(url, init) {
      // Without the signal: a request would add listeners to it.
      const { signal, ...rest } = (init ?? {}) as Partial<FetchInit>;
      return deliver(() => run(new Request(url, rest as RequestInit)), signal);
    },
    handle: (request) => deliver(() => run(request), request.signal).catch(brokenConnection(request.signal)),
    injectFault: (operation, kind, faultOptions) => emulation.faults.inject(operation, kind, faultOptions),
    get customers() {
      return state.customers;
    },
    get requests() {
      return requests;
    },
    get companyBalance() {
      return state.companyBalance;
    },
    balance: (customerId) => balanceOf(state, customerId),
    otp: (phone) => passwordFor(context, phone),
    addCard: (customerId, card) => addCard(context, customerId, card),
    addAccount: (customerId, account) => addAccount(context, customerId, account),
    state: () => structuredClone(state),
    setState(next) {
      replaceState(state, checkState(next));
    },
    reset() {
      replaceState(state, createState(options.companyBalance));
      requests.length = 0;
      emulation.faults.clear();
    },
  };
  return { emulator, handle: (request) => handle(emulation, request) };
}
