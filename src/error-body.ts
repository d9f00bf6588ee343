/** OnePay's many shapes of an error, and those that integrators met, to one. */

export interface ErrorBody {
  code: number | undefined;
  codeName: string | undefined;
  fields: Record<string, string[]>;
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** Reads a parsed body, or a text that is no JSON: then nothing is known of it. */
export function readErrorBody(body: unknown): ErrorBody {
  const { code, code_name, errors, erros } = recordOf(body);
  return {
    code: typeof code === "number" ? code : undefined,
    codeName: typeof code_name === "string" && code_name ? code_name : undefined,
    // `erros` is how OnePay's own sample spells it.
    fields: fieldsOf(errors ?? erros),
  };
}

// A list of {key, description}, or a map from the field to a text or a list of texts.
function fieldsOf(errors: unknown): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of Object.entries(recordOf(errors))) {
    const { key, description } = recordOf(value);
    const [field, texts] = Array.isArray(errors) ? [key, description ?? value] : [name, value];
    const told = [texts].flat().filter((text) => typeof text === "string");
    const at = typeof field === "string" ? field : "";
    if (told.length > 0 || at) fields.set(at, [...(fields.get(at) ?? []), ...told]);
  }
  // fromEntries makes own properties whatever they are called: a field named __proto__ does no harm.
  return Object.fromEntries(fields);
}
