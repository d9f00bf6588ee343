// What has no case. It reads the document by itself, so that what the derivation overlooks shows here by name.
import type { Contract } from "./case.js";
import { type Document, examplesOf, type OperationNode, operations, type Schema } from "./document.js";
import { headersOf, mediaOf, type Reached, schemasOf } from "./reach.js";
import { knownFormats } from "./schemas.js";

/** Everything of the document that no case is about, one line each; empty where all is covered. */
export function uncovered(document: Document, contracts: Contract[]): string[] {
  const about = new Set(contracts.flatMap(({ cases }) => cases.map((each) => each.about)));
  const rules = new Map<string, string>();
  const missing = operations(document).flatMap((operation) => {
    const contract = contracts.find((each) => each.operation === operation.id);
    if (!contract) return [`${operation.id}: the operation has no case`];
    for (const reached of schemasOf(document, operation))
      for (const [pointer, rule] of rulesOf(reached)) rules.set(pointer, rule);
    return partsOf(document, operation)
      .filter(
        ({ pointer, name }) => !contract.cases.some((each) => isAt(each.about, pointer) && name(each.id)),
      )
      .map(({ what }) => `${operation.id}: ${what} has no case`);
  });
  const untested = [...rules].filter(([pointer]) => !about.has(pointer));
  return [...missing, ...untested.map(([pointer, rule]) => `${pointer}: no case for ${rule}`)];
}

const isAt = (about: string, pointer: string): boolean =>
  about === pointer || about.startsWith(`${pointer}/`);

interface Part {
  what: string;
  pointer: string;
  /** Does a case with this id speak of the part? */
  name: (id: string) => boolean;
}

/** What every operation must have a case for, apart from the rules of its schemas. */
function partsOf(document: Document, operation: OperationNode): Part[] {
  const any = () => true;
  const part = (what: string, pointer: string, name: (id: string) => boolean = any): Part => ({
    what,
    pointer,
    name,
  });
  const bodies = mediaOf(operation.body);
  const examples = (section: "examples" | "x-counterexamples") =>
    bodies.flatMap((media) => examplesOf(document, media, section));
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
      const media = mediaOf(response);
      const found = media.flatMap((each) => examplesOf(document, each));
      const answers = (id: string) => id.includes(" › answers ");
      if (media.length === 0) return [part(`status ${status}`, entry, answers)];
      return [
        ...(found.length === 0 ? [part(`status ${status}`, entry, answers)] : []),
        ...found.map(({ name, pointer }) => part(`status ${status}, example ${name}`, pointer, answers)),
        ...headersOf(document, response).map(({ name, node }) =>
          part(`status ${status}, header ${name}`, node.pointer, (id) =>
            id.includes(`header.${name.toLowerCase()}`),
          ),
        ),
      ];
    }),
  ];
}

/** Keywords that hold values to a rule. All other keywords only describe. */
const ruleKeywords = [
  ...["type", "const", "enum", "pattern", "format", "minLength", "maxLength", "minimum", "maximum"],
  ...["exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems"],
  ...["minProperties", "maxProperties", "oneOf", "anyOf", "not", "if", "contains", "prefixItems"],
  ...["dependentRequired", "dependentSchemas", "patternProperties", "propertyNames"],
];

/** The rules of one schema: pointer → what it is. */
function rulesOf({ node: { pointer, value }, wire }: Reached): [string, string][] {
  const keywords = ruleKeywords.filter((keyword) => keyword in value && !ruledOut(keyword, value, wire));
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

/** Rules that nothing on the wire can break, so that there is no case to make. */
function ruledOut(keyword: string, { type, format, minLength, minItems }: Schema, wire: boolean): boolean {
  // Every text is a string, and an object is its keys.
  if (keyword === "type" && wire) return type === "string" || type === "object";
  if (keyword === "format") return !knownFormats.has(format ?? "");
  return (keyword === "minLength" && minLength === 0) || (keyword === "minItems" && minItems === 0);
}
