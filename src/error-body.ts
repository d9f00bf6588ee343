/** OnePay's many shapes of an error, and those that integrators met, to one. */

export interface ErrorBody {
  code: number | undefined;
  codeName: string | undefined;
  fields: Record<string, string[]>;
}

/** Reads a parsed body, or a text that is no JSON: then nothing is known of it. */
export function readErrorBody(body: unknown): ErrorBody {
  // `erros` is how OnePay's own sample spells it.
  const { code, code_name, erros, errors = erros } = Object(body);
  // Without a prototype: a field named __proto__ is a field like any other.
  const fields: Record<string, string[]> = Object.create(null);
  // A list of {key, description} or of texts, or a map from the field to a text or a list of texts.
  const all = typeof errors === "string" ? [errors] : Object(errors);
  for (const [name, value] of Object.entries(all)) {
    const { key, description = value } = Object(value);
    const field = typeof key === "string" ? key : Array.isArray(all) ? "" : name;
    fields[field] ??= [];
    fields[field].push(...[description].flat().filter((text) => typeof text === "string"));
  }
  return {
    code: typeof code === "number" ? code : undefined,
    codeName: typeof code_name === "string" ? code_name : undefined,
    fields,
  };
}
