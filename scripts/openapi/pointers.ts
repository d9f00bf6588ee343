// JSON pointers (RFC 6901), as they are used in `$ref`: `#/components/schemas/Customer`.

/** A key as one part of a JSON pointer. */
export const escapePointer = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

const unescapePointer = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** The JSON pointer to the value that you reach with these keys from `start`, by default from the whole document. */
export const pointerOf = (keys: (string | number)[], start = "#"): string =>
  // `keysOf` decodes percent signs.
  [start, ...keys.map((key) => escapePointer(String(key)).replaceAll("%", "%25"))].join("/");

/** The keys of a JSON pointer. After a `#`, it can be percent-encoded. */
export function keysOf(pointer: string): string[] {
  const decode = pointer.startsWith("#") ? decodePercent : (part: string) => part;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => unescapePointer(decode(part)));
}

/** A JSON pointer as a URI fragment, in which characters such as `{` are percent-encoded. */
export const uriFragment = (pointer: string): string =>
  ["#", ...keysOf(pointer).map((key) => encodeURIComponent(escapePointer(key)))].join("/");

function decodePercent(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A key with a percent sign that isn't percent-encoded.
    return part;
  }
}

/** The value at a JSON pointer, or undefined if the document has none there. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const key of keysOf(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
