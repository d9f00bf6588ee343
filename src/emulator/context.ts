/** What a behavior works with. */
import type { RandomSource } from "./random.js";
import type { EmulatedRequest } from "./request.js";
import type { Reply } from "./responses.js";
import type { EmulatorState, EnvelopeKind } from "./types.js";

export interface Context {
  readonly state: EmulatorState;
  readonly random: RandomSource;
  readonly now: () => Date;
  readonly envelope: EnvelopeKind;
  readonly ignoreFilters: boolean;
}

/** What an operation does with a valid request. */
export type Behavior = (request: EmulatedRequest, context: Context) => Reply;

/** OnePay's timestamps have microseconds. */
export const timestamp = ({ now }: Context): string => now().toISOString().replace(/Z$/, "000Z");

/** OnePay writes amounts in whole pesos for people: `$50.000`. */
export const pesoLabel = (amount: number): string => `$${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}`;
