// Finds parts of the document without a case. It reads the document on its own, so that it finds what `derive` forgets.
import type { Document, Schema } from "../openapi/document.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { examplesOf, headersOf, mediaTypesOf, schemasOf, type UsedSchema } from "../openapi/schemas.js";
import type { Contract } from "./case.js";
import { knownFormats } from "./schemas.js";

/** The parts of the document that no case tests, one line each. Empty if everything is covered. */
export function uncovered(document: Document, contracts: Contract[]): string[] {
  const about = new Set(contracts.flatMap(({ cases }) => cases.map((each) => each.about)));
  const operations = readOperations(document);
  const missing = operations.flatMap((operation) => {
    const contract = contracts.find((each) => each.operation === operation.id);
    if (!contract) return [`${operation.id}: the operation has no case`];
    const hasCase = ({ pointer, id = "" }: Part) =>
      contract.cases.some((each) => isInside(each.about, pointer) && each.id.includes(id));
    return partsOf(document, operation)
      .filter((part) => !hasCase(part))
      .map(({ what }) => `${operation.id}: ${what} has no case`);
  });
  const rules = new Map(operations.flatMap((operation) => schemasOf(document, operation).flatMap(rulesOf)));
  const untested = [...rules].filter(([pointer]) => !about.has(pointer));
  return [...missing, ...untested.map(([pointer, rule]) => `${pointer}: no case for ${rule}`)];
}

const isInside = (about: string, pointer: string): boolean =>
  about === pointer || about.startsWith(`${pointer}/`);

/** A part of an operation that needs a case. If it has an `id`, the id of the case must contain it. */
interface Part {
  what: string;
  pointer: string;
  id?: string;
}

/** The parts of an operation that need a case, apart from the rules of its schemas. */
function partsOf(document: Document, { parameters, body, security, responses }: OperationNode): Part[] {
  const bodies = mediaTypesOf(body);
  const examples = bodies.flatMap((mediaType) => examplesOf(document, mediaType));
  const counterexamples = bodies.flatMap((each) => examplesOf(document, each, "x-counterexamples"));
  return [
    ...parameters.map(({ value, pointer }) => ({ what: `parameter ${value.name} (${value.in})`, pointer })),
    ...(body ? [{ what: "the request body", pointer: body.pointer }] : []),
    ...examples.map(({ name, pointer }) => ({ what: `request example ${name}`, pointer })),
    ...counterexamples.map(({ name, pointer }) => ({ what: `counter-example ${name}`, pointer })),
    ...security.requirements.flatMap((schemes, index) =>
      schemes.map(({ name }) => ({
        what: `security scheme ${name}`,
        pointer: `${security.pointer}/${index}/${name}`,
      })),
    ),
    ...responses.flatMap(({ status, entry, response }) => {
      const named = mediaTypesOf(response).flatMap((mediaType) => examplesOf(document, mediaType));
      const id = " › returns ";
      return [
        ...(named.length === 0 ? [{ what: `status ${status}`, pointer: entry, id }] : []),
        ...named.map(({ name, pointer }) => ({ what: `status ${status}, example ${name}`, pointer, id })),
        ...headersOf(document, response).map(({ name, node: { pointer } }) => ({
          what: `status ${status}, header ${name}`,
          pointer,
          id: `header.${name.toLowerCase()}`,
        })),
      ];
    }),
  ];
}

/** Keywords that can reject a value. All other keywords only describe. */
const ruleKeywords = [
  ...["type", "const", "enum", "pattern", "format", "minLength", "maxLength", "minimum", "maximum"],
  ...["exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems"],
  ...["minProperties", "maxProperties", "oneOf", "anyOf", "not", "if", "contains", "prefixItems"],
  ...["dependentRequired", "dependentSchemas", "patternProperties", "propertyNames"],
  ...["additionalProperties", "unevaluatedProperties"],
];

/** The rules of one schema: the JSON pointer and a name for each. */
function rulesOf({ node: { pointer, value }, isString }: UsedSchema): [string, string][] {
  const keywords = ruleKeywords.filter((keyword) => canReject(keyword, value, isString));
  return [
    ...keywords.map((keyword): [string, string] => [`${pointer}/${keyword}`, keyword]),
    ...(value.required ?? []).map((key, index): [string, string] => [
      `${pointer}/required/${index}`,
      `required ${key}`,
    ]),
  ];
}

function canReject(keyword: string, schema: Schema, isString: boolean): boolean {
  switch (keyword) {
    case "type":
      // In a path, a query or a header, every value is a string, and an object is only its keys.
      return "type" in schema && !(isString && (schema.type === "string" || schema.type === "object"));
    case "format":
      return knownFormats.has(schema.format ?? "");
    case "minLength":
    case "minItems":
      return (schema[keyword] ?? 0) > 0;
    case "additionalProperties":
    case "unevaluatedProperties":
      return schema[keyword] === false;
    default:
      return keyword in schema;
  }
}
