// Validates values against the document's schemas with Ajv.
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Document } from "../openapi/document.js";
import { keysOf } from "../openapi/pointers.js";
import type { Violation } from "./case.js";

/**
 * Returns the rules of a schema that a value breaks. `location` is the location of the value. With `"string"`, a
 * string can mean a number or a boolean, as in a query.
 */
export type SchemaValidator = (
  pointer: string,
  value: unknown,
  location: string,
  encoding?: "string",
) => Violation[];

const name = "openapi.json";
const addFormats = formats as unknown as typeof formats.default;

/** Formats that are validated. JSON Schema treats other formats as notes for the reader. */
export const knownFormats = new Set(Object.keys(addFormats(new Ajv2020()).formats));

export function createSchemaValidator(document: Document): SchemaValidator {
  const compilers = { string: compiler(document, true), json: compiler(document, false) };
  return (pointer, value, location, encoding) => {
    const validate = compilers[encoding ?? "json"](pointer);
    // Coercion changes the value in place.
    validate(encoding === "string" ? structuredClone(value) : value);
    return unique((validate.errors ?? []).map((error) => violationOf(error, location)));
  };
}

function compiler(document: Document, coerceTypes: boolean): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    validateSchema: false,
    coerceTypes,
    logger: false,
  });
  addFormats(ajv);
  ajv.addSchema(document as object, name);
  return (pointer) => {
    const fragment = pointer.slice(1).split("/").map(encodeURIComponent).join("/");
    const validate = ajv.getSchema(`${name}#${fragment}`);
    if (!validate) throw new Error(`The document has no schema at ${pointer}.`);
    return validate;
  };
}

function violationOf({ instancePath, keyword, params }: ErrorObject, location: string): Violation {
  const { missingProperty, additionalProperty, unevaluatedProperty } = params as Record<string, string>;
  const key =
    (keyword === "required" ? missingProperty : undefined) ?? additionalProperty ?? unevaluatedProperty;
  const path = [location, ...keysOf(instancePath), ...(key === undefined ? [] : [key])];
  return `${path.join(".")} ${keyword}`;
}

export const unique = <T>(values: T[]): T[] => [...new Set(values)];
