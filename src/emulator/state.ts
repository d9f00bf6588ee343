/** The state of the emulator: creating, copying and checking it. */
import type { EmulatorState } from "./types.js";

export const defaultCompanyBalance = 1_000_000_000;

export const createState = (companyBalance = defaultCompanyBalance): EmulatorState => ({
  version: 1,
  companyBalance,
  draws: 0,
  customers: [],
  transactions: [],
  cards: [],
  accounts: [],
  sessions: [],
  charges: [],
  passwords: {},
  responses: {},
});

/** Puts another state into the object that everything refers to. */
export function replaceState(current: EmulatorState, next: EmulatorState): void {
  Object.assign(current, structuredClone(next));
}

/**
 * Returns the state if a value has its shape.
 *
 * @throws TypeError that names what is wrong.
 */
export function checkState(value: unknown): EmulatorState {
  const state = Object(value) as Record<string, unknown>;
  if (state.version !== 1) throw new TypeError("The state must be an object with version: 1.");
  const expected = createState() as unknown as Record<string, unknown>;
  for (const [name, sample] of Object.entries(expected)) {
    if (kindOf(state[name]) !== kindOf(sample))
      throw new TypeError(`The state's ${name} must be a ${kindOf(sample)}.`);
  }
  const { companyBalance } = state as unknown as EmulatorState;
  if (!Number.isSafeInteger(companyBalance) || companyBalance < 0)
    throw new TypeError("The state's companyBalance must be a whole number of at least 0.");
  return value as EmulatorState;
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
