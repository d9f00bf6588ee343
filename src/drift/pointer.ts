/** Pointers into a response that contain names of the document only. A map's key may be a person's e-mail address. */
import { shapes } from "../../generated/responses.js";
import type { Shape } from "./shape.js";

/** In place of an index of an array and of a name that the document doesn't have. */
export const anyKey = "*";

/** A step into a value: the key as it's reported, and the shape of the value behind it. */
export interface Step {
  readonly key: string;
  readonly shape: Shape;
}

const unknownShape: Shape = {};

export const shapeAt = (index: number | undefined): Shape =>
  index === undefined ? unknownShape : (shapes[index] as Shape);

export function stepInto(shape: Shape, key: string, isArray: boolean): Step {
  if (isArray) return { key: anyKey, shape: shapeAt(shape.items) };
  const { fields = {} } = shape;
  if (Object.hasOwn(fields, key)) return { key, shape: shapeAt(fields[key]) };
  return { key: anyKey, shape: shapeAt(shape.values) };
}

/** A JSON pointer of a validator, with the names that the document has. */
export function safePointer(instancePath: string, body: unknown, root: Shape): string {
  let shape = root;
  let value = body;
  const keys = instancePath.split("/").slice(1).map(unescapeKey);
  const safeKeys = keys.map((key) => {
    const step = stepInto(shape, key, Array.isArray(value));
    value = (value as Record<string, unknown> | null | undefined)?.[key];
    shape = step.shape;
    return step.key;
  });
  return safeKeys.map((key) => `/${escapeKey(key)}`).join("");
}

const unescapeKey = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");

export const escapeKey = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");
