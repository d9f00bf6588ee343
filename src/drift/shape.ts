/** The documented responses, as the generated code describes them. */
import type { Validator } from "../contract.js";

/** The fields of a value. The numbers are indexes of the list of shapes. */
export interface Shape {
  /** The documented fields of an object. */
  readonly fields?: { readonly [name: string]: number };
  /** The items of an array. */
  readonly items?: number;
  /** The values of a map: an object whose keys are data. */
  readonly values?: number;
}

/** A documented response. Without a validator, the document describes no body. */
export interface ResponseContract {
  readonly isValid?: Validator;
  readonly shape?: number;
}

/** By operationId and status, such as `201` or `5XX`. */
export type Responses = {
  readonly [operation: string]: { readonly [status: string]: ResponseContract };
};
