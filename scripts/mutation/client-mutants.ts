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
    name: "401 has the error class of 403",
    file: "errors.ts",
    search: "kinds[status] ??",
    replacement: "kinds[status === 401 ? 403 : status] ??",
  },
  {
    name: "500 isn't a ServerError",
    file: "errors.ts",
    search: "status < 500 ? ApiError : ServerError",
    replacement: "ApiError",
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
    search: 'typeof code_name === "string" ? code_name : undefined',
    replacement: "undefined",
  },
  {
    name: "Retry-After is read as milliseconds",
    file: "retry.ts",
    search: "Number(value) * 1_000",
    replacement: "Number(value)",
  },
  {
    name: "every error has the outcome `rejected`",
    file: "retry.ts",
    search: "/^4(?!08)/.test(status)",
    replacement: "true",
  },
  {
    name: "bodies aren't parsed as JSON",
    file: "attempt.ts",
    search: "body = JSON.parse(body as string);",
    replacement: "",
  },
  {
    name: "a list loses its first item",
    file: "page.ts",
    search: "items: isRepeated ? [] : items,",
    replacement: "items: items.slice(1),",
  },
];
