/** Checks of what users pass to the emulator: options, faults, states. */

/** A value that a user passed is wrong. The control API returns its message with 400. */
export class InvalidArgument extends TypeError {}

export interface Check {
  readonly isValid: (value: unknown) => boolean;
  /** Completes the sentence "… must be". */
  readonly expected: string;
}

export type Checks = { readonly [field: string]: Check };

export const wholeNumber = (minimum: number): Check => ({
  isValid: (value) => Number.isSafeInteger(value) && (value as number) >= minimum,
  expected: `a whole number of at least ${minimum}`,
});

export const numberBetween = (minimum: number, maximum: number): Check => ({
  isValid: (value) => typeof value === "number" && value >= minimum && value <= maximum,
  expected: `a number from ${minimum} to ${maximum}`,
});

export const oneOf = (values: readonly string[]): Check => ({
  isValid: (value) => typeof value === "string" && values.includes(value),
  expected: `one of ${values.join(", ")}`,
});

export const text: Check = { isValid: (value) => typeof value === "string", expected: "a string" };

export const trueOrFalse: Check = {
  isValid: (value) => typeof value === "boolean",
  expected: "true or false",
};

export const callable: Check = { isValid: (value) => typeof value === "function", expected: "a function" };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const object: Check = { isValid: isObject, expected: "an object" };

/**
 * Checks the fields of an object. All may be left out.
 *
 * @throws InvalidArgument that names the field.
 */
export function checkFields(label: string, value: unknown, checks: Checks): void {
  if (!isObject(value)) throw new InvalidArgument(`${label}: the options must be an object.`);
  for (const [name, field] of Object.entries(value)) {
    if (!Object.hasOwn(checks, name))
      throw new InvalidArgument(
        `${label}: unknown option ${JSON.stringify(name.slice(0, 40))}. Available options: ${Object.keys(checks).join(", ")}.`,
      );
    if (field !== undefined) checkField(label, name, field, checks[name] as Check);
  }
}

/** @throws InvalidArgument if the value isn't valid. */
export function checkField(label: string, name: string, value: unknown, check: Check): void {
  if (!check.isValid(value)) throw new InvalidArgument(`${label}: ${name} must be ${check.expected}.`);
}
