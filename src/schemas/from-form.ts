/** From what a browser sends to the types of the document. */
import type { BodySchema } from "./body-schema.js";
import { childOf, type Field } from "./form.js";

/** What `fromForm` reads: `FormData` and `URLSearchParams` fit. */
export interface FormEntries {
  forEach(visit: (value: unknown, name: string) => void): void;
}

/**
 * Converts the data of an HTML form into a body for its validator. It doesn't validate.
 *
 * - An empty field is left out, so that an optional one is absent and a required one is reported as missing.
 * - A boolean field becomes `true` for `"on"` or `"true"`, and `false` for `"false"` or `"off"`.
 * - A number field becomes a number if its text is one. `"50.000"` isn't a whole number, so it stays text.
 * - `address.city` and `address[city]` become nested objects. A field with several values becomes an array if the
 *   document describes one; otherwise the last value counts.
 * - Fields that frameworks add, such as `$ACTION_ID_…`, are left out.
 *
 * @example
 * const result = createCustomer["~standard"].validate(fromForm(createCustomer, formData));
 */
export function fromForm(schema: BodySchema<unknown>, data: FormEntries): Record<string, unknown> {
  const entries: { keys: string[]; value: unknown }[] = [];
  data.forEach((value, name) => {
    if (value !== "" && !name.startsWith("$ACTION_")) entries.push({ keys: keysOf(name), value });
  });
  const body: Record<string, unknown> = {};
  // As text, so that the field that selects a variant is known when the others are converted.
  const texts = Object.fromEntries(entries.map(({ keys, value }) => [keys.join("."), value]));
  for (const { keys, value } of entries) {
    let field: Field | undefined = schema.form;
    let parent = body;
    const last = keys[keys.length - 1] as string;
    for (const [index, key] of keys.slice(0, -1).entries()) {
      field = childOf(field, key, valuesBelow(texts, keys.slice(0, index)));
      parent = ownObject(parent, key);
    }
    field = childOf(field, last, valuesBelow(texts, keys.slice(0, -1)));
    const converted = convert(value, field?.items ?? field);
    const known = Object.hasOwn(parent, last) ? parent[last] : undefined;
    setOwn(parent, last, field?.items ? [...(Array.isArray(known) ? known : []), converted] : converted);
  }
  return body;
}

/** `address[city]`, `address.city` and `tags[]` as keys. */
const keysOf = (name: string): string[] =>
  name
    .replace(/\[\]$/, "")
    .replace(/\[([^\]]*)\]/g, ".$1")
    .split(".");

/** The texts of the fields directly inside an object. */
function valuesBelow(texts: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  const prefix = keys.map((key) => `${key}.`).join("");
  const own = Object.entries(texts).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

function ownObject(parent: Record<string, unknown>, key: string): Record<string, unknown> {
  const known = Object.hasOwn(parent, key) ? parent[key] : undefined;
  if (typeof known === "object" && known !== null) return known as Record<string, unknown>;
  const created = {};
  setOwn(parent, key, created);
  return created;
}

/** Not an assignment: a field may be called `__proto__`. */
const setOwn = (target: object, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
};

function convert(value: unknown, field: Field | undefined): unknown {
  if (typeof value !== "string") return value;
  if (field?.type === "boolean") return booleans.get(value) ?? value;
  if (field?.type === "integer") return isNumber(value, /^-?\d+$/) ? Number(value) : value;
  if (field?.type === "number") return isNumber(value, /^-?\d+(\.\d+)?$/) ? Number(value) : value;
  return value;
}

const booleans = new Map([
  ["on", true],
  ["true", true],
  ["off", false],
  ["false", false],
]);

/** A number that keeps its digits: above 2^53, the amount would change. */
const isNumber = (text: string, pattern: RegExp): boolean =>
  pattern.test(text.trim()) && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER;
