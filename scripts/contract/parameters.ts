// Parameters on the wire: from a value to a change of a request, and back.
import { type Break, type Change, escapeKey, type Request } from "./case.js";
import { below, type OperationNode, type ParameterObject, type Schema } from "./document.js";
import type { SchemaJudge } from "./schemas.js";
import { isObject } from "./values.js";

/** The place of a parameter as a violation names it. Header names have no case. */
export const parameterPlace = ({ in: where, name }: ParameterObject): [string, string] => [
  where,
  where === "header" ? name.toLowerCase() : name,
];

const holders = { path: "params", query: "query", header: "headers", cookie: "headers" } as const;

/** Puts a value into a request where its parameter belongs. */
export function wireParameter(parameter: ParameterObject, value: unknown): Change {
  const pointer = (name: string) => `/${holders[parameter.in]}/${escapeKey(name)}`;
  const [, name] = parameterPlace(parameter);
  if (parameter.style === "deepObject" && isObject(value)) {
    const set = Object.entries(value).map(([key, each]) => [pointer(`${name}[${key}]`), text(each)]);
    return { set: Object.fromEntries(set) };
  }
  if (Array.isArray(value) && parameter.in === "query" && parameter.explode !== false)
    return { set: { [pointer(name)]: value.map(text) } };
  return { set: { [pointer(name)]: text(value) } };
}

const text = (value: unknown): string => (Array.isArray(value) ? value.map(text).join(",") : String(value));

/** Takes a value out of a request; undefined where it is absent. */
function readParameter(parameter: ParameterObject, request: Request): unknown {
  const [, name] = parameterPlace(parameter);
  const held = request[holders[parameter.in]] as Record<string, string | string[]>;
  if (parameter.style === "deepObject") {
    const found = Object.entries(held).flatMap(([key, value]) =>
      key.startsWith(`${name}[`) && key.endsWith("]") ? [[key.slice(name.length + 1, -1), value]] : [],
    );
    return found.length === 0 ? undefined : Object.fromEntries(found);
  }
  const value = held[name];
  const isList = [parameter.schema?.type].flat().includes("array");
  if (!isList || value === undefined || Array.isArray(value)) return value;
  return parameter.explode === false || parameter.in !== "query" ? value.split(",") : [value];
}

/** The rules about its parameters that a request breaks. */
export function parameterBreaks(judge: SchemaJudge, operation: OperationNode, request: Request): Break[] {
  return operation.parameters.flatMap((parameter) => {
    const value = readParameter(parameter.value, request);
    const place = parameterPlace(parameter.value).join(".");
    if (value === undefined) return parameter.value.required ? [`${place} required`] : [];
    const schema = below<Schema>(parameter, "schema");
    return schema.value === undefined ? [] : judge(schema.pointer, value, place, "wire");
  });
}
