// The mutants of the client. Each replaces one piece of text in one file of src/.

export interface ClientMutant {
  name: string;
  /** Below src/. */
  file: string;
  /** Must be in the file exactly once. */
  search: string;
  replacement: string;
}

export const clientMutants: ClientMutant[] = [
  {
    name: "422 has no error class",
    file: "errors.ts",
    search: "[422, UnprocessableEntityError],",
    replacement: "",
  },
  {
    name: "429 has no error class",
    file: "errors.ts",
    search: "[429, RateLimitError],",
    replacement: "",
  },
  {
    name: "field errors under the documented spelling `erros` are ignored",
    file: "error-body.ts",
    search: "erros, errors = erros",
    replacement: "errors",
  },
  {
    name: "the code name of an error is ignored",
    file: "error-body.ts",
    search: "code_name: codeName,",
    replacement: "codeName,",
  },
  {
    name: "the code of an error is ignored",
    file: "error-body.ts",
    search: "isNumeric ? Number(code) : undefined",
    replacement: "undefined",
  },
  {
    name: "Retry-After is read as milliseconds",
    file: "retry.ts",
    search: "Number(value) * 1_000",
    replacement: "Number(value)",
  },
  {
    name: "a 5xx has the outcome `rejected`",
    file: "retry.ts",
    search: "status >= 400 && status < 500 && !ambiguousStatuses.has(status)",
    replacement: "status >= 400",
  },
  {
    name: "a success that isn't JSON is returned as text",
    file: "attempt.ts",
    search: 'if (!json || !declaresJson(response)) return invalid("not-json", response, text);',
    replacement: 'if (!json) return { kind: "success", response, text, data: text };',
  },
  {
    name: "the body of an error is ignored",
    file: "attempt.ts",
    search: "const body = json ? json.value :",
    replacement: "const body =",
  },
  {
    name: "a list loses its first item",
    file: "pagination.ts",
    search: "const items = isRepeated ? [] : envelope.items;",
    replacement: "const items = envelope.items.slice(1);",
  },
];
