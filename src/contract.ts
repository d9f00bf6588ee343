/** What the generated validators and the table of operations look like. */

/** A violation that a validator found. */
export interface Violation {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  /** The keyword of JSON Schema. */
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly schemaPath: string;
}

/** Whether a value is valid. The violations are on `errors` until the next call. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly Violation[] | null;
}

export interface ParameterContract {
  readonly in: "path" | "query" | "header" | "cookie";
  readonly name: string;
  readonly required: boolean;
  /** The type that the string on the wire represents. */
  readonly type: "string" | "integer" | "number" | "boolean" | "deepObject";
  readonly validate: Validator;
}

/** What the document states about an operation. */
export interface OperationContract {
  /** Headers that authenticate a request: alternatives, each with all that it needs. */
  readonly security: readonly (readonly string[])[];
  readonly parameters: readonly ParameterContract[];
  readonly body?: { readonly required: boolean; readonly validate: Validator };
  /** By status, such as `201` or `5XX`. */
  readonly responses: { readonly [status: string]: Validator | undefined };
  /** The documented success with its first example. */
  readonly success: { readonly status: number; readonly body?: unknown };
}

/** By operationId. */
export type Contract = { readonly [operationId: string]: OperationContract };
