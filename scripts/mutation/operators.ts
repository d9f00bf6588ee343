// The mutants of the document: every change that we know, one at a time.
import type { Document } from "../openapi/document.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { escapePointer, keysOf, pointerOf, valueAt } from "../openapi/pointers.js";
import { child } from "../openapi/references.js";
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
export const nameOf = ({ operator, pointer }: Mutant): string => `${operator} ${pointer}`;

/** A copy of the document with the change. */
export function mutate(document: Document, { pointer, rename, ...rest }: Mutant): Document {
  const copy = structuredClone(document);
  const keys = keysOf(pointer);
  const last = keys.pop() ?? "";
  const parent = valueAt(copy, pointerOf(keys)) as Record<string, unknown>;
  if (rename !== undefined) renameKey(parent, last, rename);
  else if ("value" in rest) parent[last] = structuredClone(rest.value);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

// The key keeps its position, because the mock server depends on the order of paths, statuses and examples.
function renameKey(parent: Record<string, unknown>, from: string, to: string): void {
  const entries = Object.entries(parent);
  for (const key of Object.keys(parent)) delete parent[key];
  for (const [key, value] of entries) parent[key === from ? to : key] = value;
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
      const key = `${nameOf({ ...edit, operations: [] })} ${JSON.stringify(edit.value)}`;
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

const otherType: Record<string, string> = {
  string: "boolean",
  number: "string",
  integer: "string",
  boolean: "string",
  object: "array",
  array: "object",
};
const otherFormat: Record<string, string> = {
  email: "uri",
  date: "date-time",
  "date-time": "date",
  uuid: "email",
  uri: "email",
};

function schemaEdits({ node, isString }: UsedSchema): Edit[] {
  const { pointer, value: schema } = node;
  const on = (keyword: string) => `${pointer}/${keyword}`;
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const kind = types.find((type) => type !== "null");
  const edits: Edit[] = [];
  if (kind !== undefined) {
    const swap = (to: string) => (types.length === 1 ? to : types.map((type) => (type === kind ? to : type)));
    edits.push(set("type applyChange", on("type"), swap(otherType[kind] ?? "string")));
    // In a query or a header every value is a string, so there is nothing to detect.
    if (!isString || kind !== "string") edits.push(remove("type removed", on("type")));
    const several = types.filter((type) => type !== "null").length > 1;
    if (several)
      edits.push(
        ...types.map((_, index) => remove("one of several types removed", `${on("type")}/${index}`)),
      );
    if (kind === "integer") edits.push(set("integer loosened to number", on("type"), swap("number")));
    if (kind === "number") edits.push(set("number narrowed to integer", on("type"), swap("integer")));
    if (types.includes("null")) edits.push(set("null forbidden", on("type"), kind));
    else if (!isString) edits.push(set("null allowed", on("type"), [...types, "null"]));
  }
  if ("const" in schema) {
    edits.push(
      set("const applyChange", on("const"), `${schema.const}-x`),
      remove("const removed", on("const")),
    );
  }
  if (schema.enum) {
    edits.push(set("enum widened", on("enum"), [...schema.enum, `${schema.enum[0]}-other`]));
    edits.push(remove("enum removed", on("enum")));
    if (schema.enum.length > 1)
      edits.push(...schema.enum.map((_, index) => remove("enum value removed", `${on("enum")}/${index}`)));
  }
  if (schema.pattern !== undefined) {
    edits.push(remove("pattern removed", on("pattern")));
    edits.push(set("pattern applyChange", on("pattern"), "^never$"));
    if (schema.pattern.startsWith("^"))
      edits.push(set("pattern opened at its start", on("pattern"), schema.pattern.slice(1)));
    if (schema.pattern.endsWith("$"))
      edits.push(set("pattern opened at its end", on("pattern"), schema.pattern.slice(0, -1)));
  }
  if (schema.format !== undefined) {
    edits.push(remove("format removed", on("format")));
    edits.push(set("format applyChange", on("format"), otherFormat[schema.format] ?? "uuid"));
  }
  for (const bound of bounds) {
    const value = schema[bound];
    if (typeof value !== "number") continue;
    const outward = /min/i.test(bound) ? -1 : 1;
    edits.push(remove("bound removed", on(bound)));
    edits.push(set("bound loosened", on(bound), value + outward));
    edits.push(set("bound tightened", on(bound), value - outward));
  }
  for (const keyword of ["multipleOf", "uniqueItems"])
    if (keyword in schema) edits.push(remove(`${keyword} removed`, on(keyword)));
  for (const [index] of (schema.required ?? []).entries())
    edits.push(remove("required dropped", `${on("required")}/${index}`));
  const names = Object.keys(schema.properties ?? {});
  for (const name of names) {
    edits.push(remove("property removed", child(node, "properties", name).pointer));
    if (!schema.required?.includes(name))
      edits.push(set("optional made required", on("required"), [...(schema.required ?? []), name]));
  }
  for (const keyword of ["additionalProperties", "unevaluatedProperties"])
    if (schema[keyword] === false) edits.push(remove("closed object opened", on(keyword)));
  if (
    names.length > 0 &&
    schema.additionalProperties === undefined &&
    schema.unevaluatedProperties === undefined
  )
    edits.push(set("open object closed", on("additionalProperties"), false));
  if (isObject(schema.additionalProperties))
    edits.push(set("schema of further properties dropped", on("additionalProperties"), true));
  if (isObject(schema.items)) edits.push(remove("schema of items dropped", on("items")));
  for (const union of ["oneOf", "anyOf"] as const) {
    const members = schema[union];
    if (!members) continue;
    if (members.length > 1)
      edits.push(...members.map((_, index) => remove("branch removed", `${on(union)}/${index}`)));
    edits.push(remove("union dropped", on(union)));
    edits.push({
      operator: "union of another kind",
      pointer: on(union),
      rename: union === "oneOf" ? "anyOf" : "oneOf",
    });
  }
  for (const [index] of (schema.allOf ?? []).entries())
    edits.push(remove("member of allOf removed", `${on("allOf")}/${index}`));
  return edits;
}

const bounds = [
  ...["minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...["minItems", "maxItems", "minProperties", "maxProperties"],
];

function operationEdits(document: Document, operation: OperationNode): Edit[] {
  const path = operation.pointer.slice(0, operation.pointer.lastIndexOf("/"));
  const another = ["put", "patch", "post", "get"].find((each) => !operation.pathMethods.includes(each));
  return [
    remove("operation removed", operation.pointer),
    { operator: "path renamed", pointer: path, rename: `${operation.path}-renamed` },
    ...(another ? [{ operator: "method applyChange", pointer: operation.pointer, rename: another }] : []),
    ...securityEdits(operation),
    ...operation.parameters.flatMap(({ pointer, value }) => [
      ...requiredEdits("parameter", pointer, value.in === "path" ? undefined : value.required === true),
      set("parameter renamed", `${pointer}/name`, `${value.name}-renamed`),
      ...(value.in === "header" ? [set("parameter moved", `${pointer}/in`, "query")] : []),
      ...(value.in === "query" ? [set("parameter moved", `${pointer}/in`, "header")] : []),
      remove("schema dropped", `${pointer}/schema`),
      ...(value.style ? [remove("style of a parameter dropped", `${pointer}/style`)] : []),
    ]),
    ...parameterListEdits(operation, document),
    ...(operation.body
      ? [
          ...requiredEdits("request body", operation.body.pointer, operation.body.value.required === true),
          remove("request body removed", `${operation.pointer}/requestBody`),
          ...mediaTypesOf(operation.body).flatMap(({ pointer, value }) =>
            mediaTypeEdits(pointer, value.schema !== undefined),
          ),
        ]
      : []),
    ...operation.responses.flatMap((each) => responseEdits(document, each)),
  ];
}

function requiredEdits(what: string, pointer: string, required: boolean | undefined): Edit[] {
  if (required === undefined) return [];
  return [
    set(required ? `${what} made optional` : `${what} made required`, `${pointer}/required`, !required),
  ];
}

/** Removes a parameter from the list of one operation or path. */
function parameterListEdits({ pointer }: OperationNode, document: Document): Edit[] {
  const lists = [pointer, pointer.slice(0, pointer.lastIndexOf("/"))].map((owner) => `${owner}/parameters`);
  return lists.flatMap((list) => {
    const entries = valueAt(document, list);
    return Array.isArray(entries)
      ? entries.map((_, index) => remove("parameter removed", `${list}/${index}`))
      : [];
  });
}

function securityEdits({ pointer, security }: OperationNode): Edit[] {
  const schemes = [...new Map(security.requirements.flat().map((each) => [each.name, each.scheme]))];
  return [
    ...(schemes.length > 0 ? [set("security lifted", `${pointer}/security`, [])] : []),
    ...security.requirements.flatMap((requirement, index) =>
      requirement.length > 1 && security.pointer.startsWith("#/paths")
        ? requirement.map(({ name }) =>
            remove("security scheme dropped", `${security.pointer}/${index}/${name}`),
          )
        : [],
    ),
    ...schemes.flatMap(([name, { type }]) => {
      const at = `#/components/securitySchemes/${name}`;
      return type === "apiKey"
        ? [set("key of a security scheme renamed", `${at}/name`, "X-Another")]
        : [set("security scheme applyChange", `${at}/scheme`, "basic")];
    }),
  ];
}

const mediaTypeEdits = (pointer: string, hasSchema: boolean): Edit[] => [
  { operator: "media type renamed", pointer, rename: "application/xml" },
  remove("media type removed", pointer),
  ...(hasSchema ? [remove("schema dropped", `${pointer}/schema`)] : []),
];

function responseEdits(
  document: Document,
  { status, entry, response }: OperationNode["responses"][number],
): Edit[] {
  const range = /X/.test(status);
  const anotherStatus = range ? String(exampleStatus(status)) : String(Number(status) + 6);
  return [
    remove("status removed", entry),
    {
      operator: range ? "range narrowed to one status" : "status applyChange",
      pointer: entry,
      rename: anotherStatus,
    },
    ...headersOf(document, response).flatMap(({ name, node }) => {
      const own = `${response.pointer}/headers/${escapePointer(name)}`;
      return [
        remove("header removed", own),
        { operator: "header renamed", pointer: own, rename: `${name}-Renamed` },
        ...requiredEdits("header", node.pointer, node.value.required === true),
        // No request can select a header's example by name.
        ...exampleEdits(document, node).filter(({ rename }) => rename === undefined),
      ];
    }),
    ...mediaTypesOf(response).flatMap((media) => [
      ...mediaTypeEdits(media.pointer, media.value.schema !== undefined),
      ...exampleEdits(document, media),
    ]),
  ];
}

function exampleEdits(document: Document, owner: Parameters<typeof examplesOf>[1]): Edit[] {
  return examplesOf(document, owner).flatMap(({ name, pointer, value }) => [
    remove("example removed", pointer),
    { operator: "example renamed", pointer, rename: `${name}-renamed` },
    set("example applyChange", pointer, { value: altered(value) }),
  ]);
}

/** The same example with another first string or number. */
function altered(value: unknown): unknown {
  if (typeof value === "string") return `${value}x`;
  if (typeof value === "number") return value + 1;
  if (Array.isArray(value)) return value.length > 0 ? [altered(value[0]), ...value.slice(1)] : [null];
  if (!isObject(value)) return !value;
  const [key] = Object.keys(value);
  return key === undefined ? { added: 1 } : { ...value, [key]: altered(value[key]) };
}
