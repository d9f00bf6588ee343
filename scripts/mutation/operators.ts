// Every way we know to break the document, one at a time.

import { escapeKey, unescapeKey } from "../contract/case.js";
import {
  at,
  below,
  type Document,
  examplesOf,
  type OperationNode,
  operations,
} from "../contract/document.js";
import { headersOf, mediaOf, type Reached, schemasOf } from "../contract/reach.js";
import { isObject } from "../contract/values.js";

/** One deliberate defect of the document. */
export interface Mutant {
  /** What is done to the document, such as `required dropped`. */
  operator: string;
  /** JSON pointer to where it is done. */
  pointer: string;
  /** Replaces the value there; absent: takes it away. */
  value?: unknown;
  /** Instead, gives the key there another name. */
  rename?: string;
  /** The operations that lead there. */
  operations: string[];
}

/** The name of a mutant: operator and place. */
export const nameOf = ({ operator, pointer }: Mutant): string => `${operator} ${pointer}`;

/** A copy of the document with the defect in it. */
export function mutate(document: Document, { pointer, rename, ...rest }: Mutant): Document {
  const copy = structuredClone(document);
  const keys = pointer.split("/").slice(1).map(unescapeKey);
  const last = keys.pop() ?? "";
  const holder = at(copy, ["#", ...keys.map(escapeKey)].join("/")) as Record<string, unknown>;
  if (rename !== undefined) renameKey(holder, last, rename);
  else if ("value" in rest) holder[last] = structuredClone(rest.value);
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy;
}

// In its old place: the order of paths, statuses and examples has a meaning to a mock.
function renameKey(holder: Record<string, unknown>, from: string, to: string): void {
  const entries = Object.entries(holder);
  for (const key of Object.keys(holder)) delete holder[key];
  for (const [key, value] of entries) holder[key === from ? to : key] = value;
}

/** All mutants of a document, each once, however many operations lead to it. */
export function mutants(document: Document): Mutant[] {
  const found = new Map<string, Mutant>();
  for (const operation of operations(document)) {
    const edits = [...ofOperation(document, operation), ...schemasOf(document, operation).flatMap(ofSchema)];
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

const elsewhere: Record<string, string> = {
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

function ofSchema({ node, wire }: Reached): Edit[] {
  const { pointer, value: schema } = node;
  const on = (keyword: string) => `${pointer}/${keyword}`;
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const kind = types.find((type) => type !== "null");
  const edits: Edit[] = [];
  if (kind !== undefined) {
    const swap = (to: string) => (types.length === 1 ? to : types.map((type) => (type === kind ? to : type)));
    edits.push(set("type changed", on("type"), swap(elsewhere[kind] ?? "string")));
    // On the wire every text is a string and none is null, so there is nothing to break.
    if (!wire || kind !== "string") edits.push(remove("type removed", on("type")));
    const several = types.filter((type) => type !== "null").length > 1;
    if (several)
      edits.push(
        ...types.map((_, index) => remove("one of several types removed", `${on("type")}/${index}`)),
      );
    if (kind === "integer") edits.push(set("integer loosened to number", on("type"), swap("number")));
    if (kind === "number") edits.push(set("number narrowed to integer", on("type"), swap("integer")));
    if (types.includes("null")) edits.push(set("null forbidden", on("type"), kind));
    else if (!wire) edits.push(set("null allowed", on("type"), [...types, "null"]));
  }
  if ("const" in schema) {
    edits.push(set("const changed", on("const"), `${schema.const}-x`), remove("const removed", on("const")));
  }
  if (schema.enum) {
    edits.push(set("enum widened", on("enum"), [...schema.enum, `${schema.enum[0]}-other`]));
    edits.push(remove("enum removed", on("enum")));
    if (schema.enum.length > 1)
      edits.push(...schema.enum.map((_, index) => remove("enum value removed", `${on("enum")}/${index}`)));
  }
  if (schema.pattern !== undefined) {
    edits.push(remove("pattern removed", on("pattern")));
    edits.push(set("pattern changed", on("pattern"), "^never$"));
    if (schema.pattern.startsWith("^"))
      edits.push(set("pattern opened at its start", on("pattern"), schema.pattern.slice(1)));
    if (schema.pattern.endsWith("$"))
      edits.push(set("pattern opened at its end", on("pattern"), schema.pattern.slice(0, -1)));
  }
  if (schema.format !== undefined) {
    edits.push(remove("format removed", on("format")));
    edits.push(set("format changed", on("format"), otherFormat[schema.format] ?? "uuid"));
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
    edits.push(remove("property removed", below(node, "properties", name).pointer));
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

function ofOperation(document: Document, operation: OperationNode): Edit[] {
  const path = operation.pointer.slice(0, operation.pointer.lastIndexOf("/"));
  const another = ["put", "patch", "post", "get"].find((each) => !operation.siblings.includes(each));
  return [
    remove("operation removed", operation.pointer),
    { operator: "path renamed", pointer: path, rename: `${operation.path}-renamed` },
    ...(another ? [{ operator: "method changed", pointer: operation.pointer, rename: another }] : []),
    ...ofSecurity(operation),
    ...operation.parameters.flatMap(({ pointer, value }) => [
      ...ofPresence("parameter", pointer, value.in === "path" ? undefined : value.required === true),
      set("parameter renamed", `${pointer}/name`, `${value.name}-renamed`),
      ...(value.in === "header" ? [set("parameter moved", `${pointer}/in`, "query")] : []),
      ...(value.in === "query" ? [set("parameter moved", `${pointer}/in`, "header")] : []),
      remove("schema dropped", `${pointer}/schema`),
      ...(value.style ? [remove("style of a parameter dropped", `${pointer}/style`)] : []),
    ]),
    ...ofParameterLists(operation, document),
    ...(operation.body
      ? [
          ...ofPresence("request body", operation.body.pointer, operation.body.value.required === true),
          remove("request body removed", `${operation.pointer}/requestBody`),
          ...mediaOf(operation.body).flatMap(({ pointer, value }) =>
            ofMedia(pointer, value.schema !== undefined),
          ),
        ]
      : []),
    ...operation.responses.flatMap((each) => ofResponse(document, each)),
  ];
}

function ofPresence(what: string, pointer: string, required: boolean | undefined): Edit[] {
  if (required === undefined) return [];
  return [
    set(required ? `${what} made optional` : `${what} made required`, `${pointer}/required`, !required),
  ];
}

/** A parameter taken out of the list of one operation. */
function ofParameterLists({ pointer }: OperationNode, document: Document): Edit[] {
  const lists = [pointer, pointer.slice(0, pointer.lastIndexOf("/"))].map((owner) => `${owner}/parameters`);
  return lists.flatMap((list) => {
    const entries = at(document, list);
    return Array.isArray(entries)
      ? entries.map((_, index) => remove("parameter removed", `${list}/${index}`))
      : [];
  });
}

function ofSecurity({ pointer, security }: OperationNode): Edit[] {
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
        : [set("security scheme changed", `${at}/scheme`, "basic")];
    }),
  ];
}

const ofMedia = (pointer: string, hasSchema: boolean): Edit[] => [
  { operator: "media type renamed", pointer, rename: "application/xml" },
  remove("media type removed", pointer),
  ...(hasSchema ? [remove("schema dropped", `${pointer}/schema`)] : []),
];

function ofResponse(
  document: Document,
  { status, entry, response }: OperationNode["responses"][number],
): Edit[] {
  const range = /X/.test(status);
  const neighbour = range ? status.replaceAll("X", "0") : String(Number(status) + 6);
  return [
    remove("status removed", entry),
    {
      operator: range ? "range narrowed to one status" : "status changed",
      pointer: entry,
      rename: neighbour,
    },
    ...headersOf(document, response).flatMap(({ name, node }) => {
      const own = `${response.pointer}/headers/${escapeKey(name)}`;
      return [
        remove("header removed", own),
        { operator: "header renamed", pointer: own, rename: `${name}-Renamed` },
        ...ofPresence("header", node.pointer, node.value.required === true),
        // The names of a header's examples are for readers: no request can ask for one.
        ...exampleEdits(document, node).filter(({ rename }) => rename === undefined),
      ];
    }),
    ...mediaOf(response).flatMap((media) => [
      ...ofMedia(media.pointer, media.value.schema !== undefined),
      ...exampleEdits(document, media),
    ]),
  ];
}

function exampleEdits(document: Document, owner: Parameters<typeof examplesOf>[1]): Edit[] {
  return examplesOf(document, owner).flatMap(({ name, pointer, value }) => [
    remove("example removed", pointer),
    { operator: "example renamed", pointer, rename: `${name}-renamed` },
    set("example changed", pointer, { value: spoiled(value) }),
  ]);
}

/** The same example with one thing in it changed: the first text or number that is found. */
function spoiled(value: unknown): unknown {
  if (typeof value === "string") return `${value}x`;
  if (typeof value === "number") return value + 1;
  if (Array.isArray(value)) return value.length > 0 ? [spoiled(value[0]), ...value.slice(1)] : [null];
  if (!isObject(value)) return !value;
  const [key] = Object.keys(value);
  return key === undefined ? { added: 1 } : { ...value, [key]: spoiled(value[key]) };
}
