/** A request body as a form: the generated tree of its fields, with a message for each. */

/** The languages of the messages. */
export type Language = "en" | "es";

/** A field, or the whole body. */
export interface Field {
  /** What a person must do if the field is missing or invalid, in English and Spanish. */
  readonly message?: readonly [english: string, spanish: string];
  /** What a string of a form is converted to. */
  readonly type?: "integer" | "number" | "boolean";
  /** The fields of an object. */
  readonly fields?: { readonly [name: string]: Field };
  /** The items of an array. */
  readonly items?: Field;
  /** The field that selects a variant, and the variants by its value. */
  readonly tag?: string;
  readonly variants?: { readonly [value: string]: Field };
}

/** The field with this key. For variants, `value` is the object that contains the field. */
export function childOf(field: Field | undefined, key: string | number, value: unknown): Field | undefined {
  if (field?.items && /^\d+$/.test(String(key))) return field.items;
  const { fields = {} } = variantOf(field, value) ?? {};
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The variant that the value selects; the first one if it selects none, for the field that selects. */
function variantOf(field: Field | undefined, value: unknown): Field | undefined {
  if (!field?.tag || !field.variants) return field;
  const selected = String((value as Record<string, unknown> | null | undefined)?.[field.tag]);
  return Object.hasOwn(field.variants, selected)
    ? field.variants[selected]
    : Object.values(field.variants)[0];
}
