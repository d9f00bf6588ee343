/** OnePay's many shapes of an error, and those that integrators met, to one. */

export interface ErrorBody {
  message: string | undefined;
  code: number | undefined;
  codeName: string | undefined;
  fields: Record<string, string[]>;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** Reads a parsed body, or a text that is no JSON: then nothing is known of it. `shown` says what may be shown of a text. */
export function readErrorBody(body: unknown, shown: (text: string) => string): ErrorBody {
  const { message, error, code, code_name, errors, erros } = recordOf(body);
  const inner = recordOf(error);
  const number = Number.parseInt(String(code ?? inner.code), 10);
  const told = textOf(message) ?? textOf(error) ?? textOf(inner.message);
  return {
    message: told && shown(told),
    code: Number.isNaN(number) ? undefined : number,
    codeName: textOf(code_name) ?? textOf(inner.code_name),
    fields: fieldsOf(errors ?? erros ?? inner.errors, shown),
  };
}

// A list of {key, description}, a list of texts, or a map from the field to a text or a list of texts.
function fieldsOf(errors: unknown, shown: (text: string) => string): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  const add = (field: string, value: unknown): void => {
    const texts = fields.get(field) ?? [];
    for (const text of [value].flat())
      texts.push(shown(typeof text === "string" ? text : JSON.stringify(text)));
    fields.set(field, texts);
  };
  if (textOf(errors)) add("", errors);
  for (const [name, value] of Object.entries(recordOf(errors))) {
    const { key, description } = recordOf(value);
    if (!Array.isArray(errors)) add(name, value);
    else add(textOf(key) ?? "", description ?? value);
  }
  // fromEntries makes own properties whatever they are called: a field named __proto__ does no harm.
  return Object.fromEntries(fields);
}
