// Judging values by the document's schemas, with Ajv and nothing of Prism.
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Break } from "./case.js";
import type { Document } from "./document.js";

/** The rules that a value breaks, `prefix` being the name of the place it stands at. */
export type SchemaJudge = (pointer: string, value: unknown, prefix: string, wire?: "wire") => Break[];

const name = "openapi.json";

/** Formats that are checked; others are a note to the reader, as JSON Schema has it. */
const addFormats = formats as unknown as typeof formats.default;
export const knownFormats = new Set(Object.keys(addFormats(new Ajv2020()).formats));

/** Judges values by any schema of the document. With `"wire"` a text may stand for a number or a boolean. */
export function schemaJudge(document: Document): SchemaJudge {
  const compilers = { wire: compiler(document, true), plain: compiler(document, false) };
  return (pointer, value, prefix, wire) => {
    const validate = compilers[wire ?? "plain"](pointer);
    // Coercion writes into the value, so a copy is judged, in a box that can hold what it became.
    validate(wire ? structuredClone(value) : value);
    return unique((validate.errors ?? []).map((error) => breakOf(error, prefix)));
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
  const compiled = new Map<string, ValidateFunction>();
  return (pointer) => {
    const known = compiled.get(pointer);
    if (known) return known;
    const fragment = pointer.slice(1).split("/").map(encodeURIComponent).join("/");
    const validate = ajv.compile({ $ref: `${name}#${fragment}` });
    compiled.set(pointer, validate);
    return validate;
  };
}

function breakOf({ instancePath, keyword, params }: ErrorObject, prefix: string): Break {
  const { missingProperty, additionalProperty, unevaluatedProperty } = params as Record<string, string>;
  const key =
    (keyword === "required" ? missingProperty : undefined) ?? additionalProperty ?? unevaluatedProperty;
  const place = [prefix, ...instancePath.split("/").slice(1), ...(key === undefined ? [] : [key])];
  return `${place.join(".")} ${keyword}`;
}

export const unique = <T>(values: T[]): T[] => [...new Set(values)];
