/** The interface of Standard Schema, version 1, which form libraries and frameworks read. It's types only. */

/** A schema that a library with support for Standard Schema accepts. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": StandardSchemaProps<Input, Output>;
}

/** What Standard Schema defines. */
export interface StandardSchemaProps<Input = unknown, Output = Input> {
  readonly version: 1;
  readonly vendor: string;
  /** Validates a value. It never throws and never changes the value. */
  readonly validate: (value: unknown) => StandardSchemaResult<Output>;
  /** For the compiler only: it has no value. */
  readonly types?: { readonly input: Input; readonly output: Output } | undefined;
}

/** The value, or what is wrong with it. */
export type StandardSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardSchemaIssue[] };

/** What is wrong with one field. */
export interface StandardSchemaIssue {
  /** A sentence for the person who fills in the form. */
  readonly message: string;
  /** The keys that lead to the field. It's empty for the value as a whole. */
  readonly path: readonly (string | number)[];
}
