// Finds parts of the document without a case. It reads the document on its own, so that it finds what `derive` forgets.
import type { Document, Schema } from "../openapi/document.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { examplesOf, headersOf, mediaTypesOf, schemasOf, type UsedSchema } from "../openapi/schemas.js";
import type { Contract } from "./case.js";
import { knownFormats } from "./schemas.js";

/** The parts of the document that no case tests, one line each. Empty if everything is covered. */
export function uncovered(document: Document, contracts: Contract[]): string[] {
  const about = new Set(contracts.flatMap(({ cases }) => cases.map((each) => each.about)));
  const rules = new Map<string, string>();
  const missing = readOperations(document).flatMap((operation) => {
    const contract = contracts.find((each) => each.operation === operation.id);
    if (!contract) return [`${operation.id}: the operation has no case`];
    for (const schema of schemasOf(document, operation))
      for (const [pointer, rule] of rulesOf(schema)) rules.set(pointer, rule);
    return partsOf(document, operation)
      .filter(
        ({ pointer, matchesId }) =>
          !contract.cases.some((each) => isInside(each.about, pointer) && matchesId(each.id)),
      )
      .map(({ what }) => `${operation.id}: ${what} has no case`);
  });
  const untested = [...rules].filter(([pointer]) => !about.has(pointer));
  return [...missing, ...untested.map(([pointer, rule]) => `${pointer}: no case for ${rule}`)];
}

const isInside = (about: string, pointer: string): boolean =>
  about === pointer || about.startsWith(`${pointer}/`);

interface Part {
  what: string;
  pointer: string;
  /** Whether a case with this id can be about the part. */
  matchesId: (id: string) => boolean;
}

/** The parts of an operation that need a case, apart from the rules of its schemas. */
function partsOf(document: Document, operation: OperationNode): Part[] {
  const anyId = () => true;
  const part = (what: string, pointer: string, matchesId: (id: string) => boolean = anyId): Part => ({
    what,
    pointer,
    matchesId,
  });
  const bodies = mediaTypesOf(operation.body);
  const examples = (section: "examples" | "x-counterexamples") =>
    bodies.flatMap((mediaType) => examplesOf(document, mediaType, section));
  return [
    ...operation.parameters.map(({ value, pointer }) =>
      part(`parameter ${value.name} (${value.in})`, pointer),
    ),
    ...(operation.body ? [part("the request body", operation.body.pointer)] : []),
    ...examples("examples").map(({ name, pointer }) => part(`request example ${name}`, pointer)),
    ...examples("x-counterexamples").map(({ name, pointer }) => part(`counter-example ${name}`, pointer)),
    ...operation.security.requirements.flatMap((schemes, index) =>
      schemes.map(({ name }) =>
        part(`security scheme ${name}`, `${operation.security.pointer}/${index}/${name}`),
      ),
    ),
    ...operation.responses.flatMap(({ status, entry, response }) => {
      const mediaTypes = mediaTypesOf(response);
      const named = mediaTypes.flatMap((mediaType) => examplesOf(document, mediaType));
      const isExampleCase = (id: string) => id.includes(" › returns ");
      const wholeStatus = part(`status ${status}`, entry, isExampleCase);
      if (mediaTypes.length === 0) return [wholeStatus];
      return [
        ...(named.length === 0 ? [wholeStatus] : []),
        ...named.map(({ name, pointer }) =>
          part(`status ${status}, example ${name}`, pointer, isExampleCase),
        ),
        ...headersOf(document, response).map(({ name, node }) =>
          part(`status ${status}, header ${name}`, node.pointer, (id) =>
            id.includes(`header.${name.toLowerCase()}`),
          ),
        ),
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
];

/** The rules of one schema: the JSON pointer and a name for each. */
function rulesOf({ node: { pointer, value }, isString }: UsedSchema): [string, string][] {
  const keywords = ruleKeywords.filter(
    (keyword) => keyword in value && canBeViolated(keyword, value, isString),
  );
  const closed = ["additionalProperties", "unevaluatedProperties"].filter(
    (keyword) => value[keyword] === false,
  );
  const required = (value.required ?? []).map((key, index): [string, string] => [
    `${pointer}/required/${index}`,
    `required ${key}`,
  ]);
  return [
    ...[...keywords, ...closed].map((keyword): [string, string] => [`${pointer}/${keyword}`, keyword]),
    ...required,
  ];
}

/** Some rules can't be violated, so there is nothing to test. */
function canBeViolated(
  keyword: string,
  { type, format, minLength, minItems }: Schema,
  isString: boolean,
): boolean {
  switch (keyword) {
    case "type":
      // In a path, a query or a header, every value is a string, and an object is only its keys.
      return !(isString && (type === "string" || type === "object"));
    case "format":
      return knownFormats.has(format ?? "");
    case "minLength":
      return minLength !== 0;
    case "minItems":
      return minItems !== 0;
    default:
      return true;
  }
}
