/** Reads the shapes of error bodies that OnePay documents, and those that integrators met. */

export interface ErrorBody {
  readonly code: number | undefined;
  readonly codeName: unknown;
  readonly fields: Record<string, string[]>;
}

/** Reads a parsed body. Nothing is known of a body that isn't JSON. */
export function parseErrorBody(body: unknown): ErrorBody {
  // OnePay's own sample has the spelling `erros`.
  const { code, code_name: codeName, erros, errors = erros } = Object(body);
  return { code: parseCode(code), codeName, fields: parseFieldErrors(errors) };
}

/** A number, or a string of digits. */
function parseCode(code: unknown): number | undefined {
  const isNumeric = typeof code === "number" || (typeof code === "string" && /^\d{1,15}$/.test(code));
  return isNumeric ? Number(code) : undefined;
}

/** A list of `{ key, description }` or of strings, a map from the field to a string or to a list of strings, or one string. */
function parseFieldErrors(errors: unknown): Record<string, string[]> {
  const list = typeof errors === "string" ? [errors] : errors;
  // A Map, since a field may be called `constructor`.
  const fields = new Map<string, string[]>();
  for (const [name, error] of Object.entries(Object(list))) {
    const { key, description = error } = Object(error);
    const field = typeof key === "string" ? key : Array.isArray(list) ? "" : name;
    const descriptions = [description].flat().filter((text) => typeof text === "string");
    const known = fields.get(field);
    // Not copied: a list of thousands of errors for one field would take seconds.
    if (known) known.push(...descriptions);
    else fields.set(field, descriptions);
  }
  return Object.fromEntries(fields);
}
