/** The state of the emulator: creating, replacing and checking it. */
import { type Check, checkField, InvalidArgument, isObject, text, wholeNumber } from "./checks.js";
import type { EmulatorState } from "./types.js";

export const defaultCompanyBalance = 1_000_000_000;

const version = 1;

export const createState = (companyBalance: number = defaultCompanyBalance): EmulatorState => ({
  version,
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
  for (const name of Object.keys(createState()) as (keyof EmulatorState)[])
    Object.assign(current, { [name]: structuredClone(next[name]) });
}

/** What the emulator reads of a row. Other fields may be anything. */
const rows: { readonly [list: string]: { readonly [field: string]: Check } } = {
  customers: { id: text, phone: text },
  transactions: { id: text, customer_id: text, amount: wholeNumber(1), created_at: text },
  cards: { id: text, customer_id: text, expiration_date: text },
  accounts: { id: text, customer_id: text, bank: { isValid: hasName, expected: "an object with a name" } },
  sessions: { token: text, customer_id: text, expires_at: text },
  charges: { charge_id: text, customer_id: text, status: text },
};

function hasName(value: unknown): boolean {
  return isObject(value) && typeof value.name === "string";
}

const response = { request: text, status: wholeNumber(200), body: text };

/**
 * Returns the state if a value has its shape.
 *
 * @throws TypeError that names what is wrong.
 */
export function checkState(value: unknown): EmulatorState {
  if (!isObject(value)) throw new InvalidArgument("The state must be an object.");
  if (value.version !== version)
    throw new InvalidArgument(`The state must have version ${version}. Start again without it.`);
  checkField("The state", "companyBalance", value.companyBalance, wholeNumber(0));
  checkField("The state", "draws", value.draws, wholeNumber(0));
  for (const [list, fields] of Object.entries(rows)) {
    const values = value[list];
    if (!Array.isArray(values)) throw new InvalidArgument(`The state: ${list} must be an array.`);
    values.forEach((row, index) => {
      checkRow(`${list}[${index}]`, row, fields);
    });
  }
  for (const password of valuesOf(value, "passwords"))
    checkField("The state", "each of passwords", password, text);
  for (const stored of valuesOf(value, "responses")) checkRow("each of responses", stored, response);
  return value as unknown as EmulatorState;
}

function checkRow(name: string, row: unknown, fields: { readonly [field: string]: Check }): void {
  if (!isObject(row)) throw new InvalidArgument(`The state: ${name} must be an object.`);
  for (const [field, check] of Object.entries(fields))
    checkField("The state", `${name}.${field}`, row[field], check);
}

function valuesOf(state: Record<string, unknown>, name: string): unknown[] {
  const value = state[name];
  if (!isObject(value)) throw new InvalidArgument(`The state: ${name} must be an object.`);
  return Object.values(value);
}
