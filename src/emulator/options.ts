/** Checks the options of `createEmulator()`. */
import {
  type Checks,
  callable,
  checkField,
  checkFields,
  numberBetween,
  object,
  oneOf,
  trueOrFalse,
  wholeNumber,
} from "./checks.js";
import { isTestKey } from "./keys.js";
import type { EmulatorOptions } from "./types.js";

const checks: Checks = {
  seed: wholeNumber(0),
  now: callable,
  companyBalance: wholeNumber(0),
  envelope: oneOf(["A", "B", "C", "array"]),
  ignoreFilters: trueOrFalse,
  apiKeys: {
    isValid: (value) => Array.isArray(value) && value.every(isTestKey),
    expected: "an array of test keys (sk_test_…)",
  },
  faults: object,
  // Its content is checked when it's loaded.
  state: object,
};

const faultChecks = { seed: wholeNumber(0), rate: numberBetween(0, 1) };

/** @throws TypeError that names the option. */
export function checkOptions(options: EmulatorOptions): void {
  checkFields("createEmulator", options, checks);
  const { faults } = options;
  if (faults === undefined) return;
  checkFields("createEmulator", faults, faultChecks);
  // Without a seed or a rate, there would be no faults, and nobody would notice.
  checkField("createEmulator", "faults.seed", faults.seed, faultChecks.seed);
  checkField("createEmulator", "faults.rate", faults.rate, faultChecks.rate);
}
