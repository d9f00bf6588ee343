// The mutants of the document: every change that we know, one at a time.
import { applyChange, locate } from "../contract/case.js";
import type { Document, Schema } from "../openapi/document.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { escapePointer, valueAt } from "../openapi/pointers.js";
import {
  examplesOf,
  headersOf,
  isObject,
  mediaTypesOf,
  schemasOf,
  type UsedSchema,
} from "../openapi/schemas.js";
import { exampleStatus } from "../openapi/statuses.js";

/** One deliberate change of the document. */
export interface Mutant {
  /** The kind of change, such as `required dropped`. */
  operator: string;
  /** JSON pointer to the changed value. */
  pointer: string;
  /** The new value. Absent if the value is removed. */
  value?: unknown;
  /** The new name of the key, if the key is renamed. */
  rename?: string;
  /** The operations that use the changed value. */
  operations: string[];
}

/** The name of a mutant: operator and place. */
export const nameOf = ({ operator, pointer }: Pick<Mutant, "operator" | "pointer">): string =>
  `${operator} ${pointer}`;

/** A copy of the document with the change. */
export function mutate(document: Document, mutant: Omit<Mutant, "operator" | "operations">): Document {
  const { pointer, rename, value } = mutant;
  if (rename === undefined)
    return applyChange(document, "value" in mutant ? { set: { [pointer]: value } } : { remove: [pointer] });
  const copy = structuredClone(document);
  const { parent, key } = locate(copy, pointer);
  // The key keeps its position, because the mock server depends on the order of paths, statuses and examples.
  for (const [name, each] of Object.entries(parent)) {
    delete parent[name];
    parent[name === key ? rename : name] = each;
  }
  return copy;
}

/** All mutants of a document. A mutant that several operations share is listed once. */
export function mutants(document: Document): Mutant[] {
  const found = new Map<string, Mutant>();
  for (const operation of readOperations(document)) {
    const edits = [
      ...operationEdits(document, operation),
      ...schemasOf(document, operation).flatMap(schemaEdits),
    ];
    for (const edit of edits) {
      const key = `${nameOf(edit)} ${JSON.stringify(edit.value)}`;
      const known = found.get(key);
      if (known) known.operations.push(operation.id);
      else found.set(key, { ...edit, operations: [operation.id] });
    }
  }
  return [...found.values()];
}

type Edit = Omit<Mutant, "operations">;

const set = (operator: string, pointer: string, value: unknown): Edit => ({ operator, pointer, value });
const remove = (operator: string, pointer: string): Edit => ({ operator, pointer });
const rename = (operator: string, pointer: string, name: string): Edit => ({
  operator,
  pointer,
  rename: name,
});
/** Removes each entry of an array. */
const removeEach = (operator: string, pointer: string, entries: unknown[] = []): Edit[] =>
  entries.map((_, index) => remove(operator, `${pointer}/${index}`));

const otherType: Record<string, string> = {
  string: "boolean",
  number: "string",
  integer: "string",
  boolean: "string",
  object: "array",
  array: "object",
};
const otherFormat: Record<string, string> = { email: "uri", date: "date-time", uuid: "email" };
const bounds = [
  ...["minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...["minItems", "maxItems", "minProperties", "maxProperties"],
];

function schemaEdits({ node: { pointer, value: schema }, isString }: UsedSchema): Edit[] {
  return [
    ...typeEdits(pointer, schema, isString),
    ...valueEdits(pointer, schema),
    ...memberEdits(pointer, schema),
  ];
}

function typeEdits(pointer: string, schema: Schema, isString: boolean): Edit[] {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const kind = types.find((type) => type !== "null");
  if (kind === undefined) return [];
  const at = `${pointer}/type`;
  const swap = (to: string) => (types.length === 1 ? to : types.map((type) => (type === kind ? to : type)));
  const isNullable = types.includes("null");
  const edits = [set("type changed", at, swap(otherType[kind] ?? "string"))];
  // In a query or a header every value is a string, so there is nothing to detect.
  if (!isString || kind !== "string") edits.push(remove("type removed", at));
  if (types.length > (isNullable ? 2 : 1))
    edits.push(...removeEach("one of several types removed", at, types));
  if (kind === "integer") edits.push(set("integer loosened to number", at, swap("number")));
  if (kind === "number") edits.push(set("number narrowed to integer", at, swap("integer")));
  if (isNullable) edits.push(set("null forbidden", at, kind));
  else if (!isString) edits.push(set("null allowed", at, [...types, "null"]));
  return edits;
}

/** Changes of the rules for a single value. */
function valueEdits(pointer: string, schema: Schema): Edit[] {
  const { enum: values, pattern, format } = schema;
  const edits: Edit[] = [];
  for (const keyword of ["const", "enum", "pattern", "format", "multipleOf", "uniqueItems"])
    if (keyword in schema) edits.push(remove(`${keyword} removed`, `${pointer}/${keyword}`));
  if ("const" in schema) edits.push(set("const changed", `${pointer}/const`, `${schema.const}-x`));
  if (values) edits.push(set("enum widened", `${pointer}/enum`, [...values, `${values[0]}-other`]));
  if (values && values.length > 1) edits.push(...removeEach("enum value removed", `${pointer}/enum`, values));
  if (pattern !== undefined) {
    const at = `${pointer}/pattern`;
    edits.push(set("pattern changed", at, "^never$"));
    if (pattern.startsWith("^")) edits.push(set("pattern opened at its start", at, pattern.slice(1)));
    if (pattern.endsWith("$")) edits.push(set("pattern opened at its end", at, pattern.slice(0, -1)));
  }
  if (format !== undefined)
    edits.push(set("format changed", `${pointer}/format`, otherFormat[format] ?? "uuid"));
  for (const bound of bounds) {
    const value = schema[bound];
    if (typeof value !== "number") continue;
    const at = `${pointer}/${bound}`;
    const outward = /min/i.test(bound) ? -1 : 1;
    edits.push(remove("bound removed", at));
    edits.push(set("bound loosened", at, value + outward), set("bound tightened", at, value - outward));
  }
  return edits;
}

/** Changes of the rules for properties, items and the members of a union. */
function memberEdits(pointer: string, schema: Schema): Edit[] {
  const { properties = {}, required = [], additionalProperties, unevaluatedProperties } = schema;
  const names = Object.keys(properties);
  const edits = [
    ...removeEach("required dropped", `${pointer}/required`, required),
    ...removeEach("member of allOf removed", `${pointer}/allOf`, schema.allOf),
    ...names.map((name) => remove("property removed", `${pointer}/properties/${escapePointer(name)}`)),
    ...names
      .filter((name) => !required.includes(name))
      .map((name) => set("optional made required", `${pointer}/required`, [...required, name])),
  ];
  for (const keyword of ["additionalProperties", "unevaluatedProperties"])
    if (schema[keyword] === false) edits.push(remove("closed object opened", `${pointer}/${keyword}`));
  const at = `${pointer}/additionalProperties`;
  if (names.length > 0 && additionalProperties === undefined && unevaluatedProperties === undefined)
    edits.push(set("open object closed", at, false));
  if (isObject(additionalProperties)) edits.push(set("schema of further properties dropped", at, true));
  if (isObject(schema.items)) edits.push(remove("schema of items dropped", `${pointer}/items`));
  for (const [union, other] of [
    ["oneOf", "anyOf"],
    ["anyOf", "oneOf"],
  ] as const) {
    const members = schema[union];
    if (!members) continue;
    const at = `${pointer}/${union}`;
    if (members.length > 1) edits.push(...removeEach("branch removed", at, members));
    edits.push(remove("union dropped", at), rename("union of another kind", at, other));
  }
  return edits;
}

function operationEdits(document: Document, operation: OperationNode): Edit[] {
  const { pointer, body } = operation;
  const path = pointer.slice(0, pointer.lastIndexOf("/"));
  const another = ["put", "patch", "post", "get"].find((each) => !operation.pathMethods.includes(each));
  return [
    remove("operation removed", pointer),
    rename("path renamed", path, `${operation.path}-renamed`),
    ...(another ? [rename("method changed", pointer, another)] : []),
    ...securityEdits(operation),
    ...operation.parameters.flatMap(parameterEdits),
    ...[pointer, path].flatMap((owner) => {
      const entries = valueAt(document, `${owner}/parameters`) as unknown[] | undefined;
      return removeEach("parameter removed", `${owner}/parameters`, entries);
    }),
    ...(body
      ? [
          requiredEdit("request body", body),
          remove("request body removed", `${pointer}/requestBody`),
          ...mediaTypesOf(body).flatMap(mediaTypeEdits),
        ]
      : []),
    ...operation.responses.flatMap((each) => responseEdits(document, each)),
  ];
}

function parameterEdits({ pointer, value }: OperationNode["parameters"][number]): Edit[] {
  const edits = [
    set("parameter renamed", `${pointer}/name`, `${value.name}-renamed`),
    remove("schema dropped", `${pointer}/schema`),
  ];
  if (value.in !== "path") edits.push(requiredEdit("parameter", { pointer, value }));
  if (value.in === "header") edits.push(set("parameter moved", `${pointer}/in`, "query"));
  if (value.in === "query") edits.push(set("parameter moved", `${pointer}/in`, "header"));
  if (value.style) edits.push(remove("style of a parameter dropped", `${pointer}/style`));
  return edits;
}

const requiredEdit = (
  what: string,
  { pointer, value: { required = false } }: { pointer: string; value: { required?: boolean } },
): Edit => set(`${what} made ${required ? "optional" : "required"}`, `${pointer}/required`, !required);

function securityEdits({ pointer, security }: OperationNode): Edit[] {
  const schemes = new Map(security.requirements.flat().map((each) => [each.name, each.scheme]));
  const isOwn = security.pointer.startsWith("#/paths");
  return [
    ...(schemes.size > 0 ? [set("security lifted", `${pointer}/security`, [])] : []),
    ...security.requirements.flatMap((requirement, index) =>
      isOwn && requirement.length > 1
        ? requirement.map(({ name }) =>
            remove("security scheme dropped", `${security.pointer}/${index}/${name}`),
          )
        : [],
    ),
    ...[...schemes].map(([name, { type }]) => {
      const at = `#/components/securitySchemes/${name}`;
      return type === "apiKey"
        ? set("key of a security scheme renamed", `${at}/name`, "X-Another")
        : set("security scheme changed", `${at}/scheme`, "basic");
    }),
  ];
}

const mediaTypeEdits = ({ pointer, value }: ReturnType<typeof mediaTypesOf>[number]): Edit[] => [
  rename("media type renamed", pointer, "application/xml"),
  remove("media type removed", pointer),
  ...(value.schema ? [remove("schema dropped", `${pointer}/schema`)] : []),
];

function responseEdits(
  document: Document,
  { status, entry, response }: OperationNode["responses"][number],
): Edit[] {
  return [
    remove("status removed", entry),
    status.includes("X")
      ? rename("range narrowed to one status", entry, String(exampleStatus(status)))
      : rename("status changed", entry, String(Number(status) + 6)),
    ...headersOf(document, response).flatMap(({ name, node }) => {
      const own = `${response.pointer}/headers/${escapePointer(name)}`;
      return [
        remove("header removed", own),
        rename("header renamed", own, `${name}-Renamed`),
        requiredEdit("header", node),
        // No request can select a header's example by name.
        ...exampleEdits(document, node).filter((edit) => edit.rename === undefined),
      ];
    }),
    ...mediaTypesOf(response).flatMap((mediaType) => [
      ...mediaTypeEdits(mediaType),
      ...exampleEdits(document, mediaType),
    ]),
  ];
}

const exampleEdits = (document: Document, owner: Parameters<typeof examplesOf>[1]): Edit[] =>
  examplesOf(document, owner).flatMap(({ name, pointer, value }) => [
    remove("example removed", pointer),
    rename("example renamed", pointer, `${name}-renamed`),
    set("example changed", pointer, { value: altered(value) }),
  ]);

/** The same example with another first string or number. */
function altered(value: unknown): unknown {
  if (typeof value === "string") return `${value}x`;
  if (typeof value === "number") return value + 1;
  if (Array.isArray(value)) return value.length > 0 ? [altered(value[0]), ...value.slice(1)] : [null];
  if (!isObject(value)) return !value;
  const [key] = Object.keys(value);
  return key === undefined ? { added: 1 } : { ...value, [key]: altered(value[key]) };
}
