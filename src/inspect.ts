/** What may be shown of a failed call: never a secret. What the server said is not shown at all; see errors. */

/** The platform's error; in its place a plain one, where a print of it could tell a secret. */
export function safeCause(cause: unknown, secrets: readonly string[]): unknown {
  const seen = new Set<unknown>();
  // The error of a replaced fetch may hold all of its request, in whatever depth and shape.
  const tells = (value: unknown): boolean => {
    if (typeof value === "string") return secrets.some((secret) => value.includes(secret));
    if (Object(value) !== value || seen.has(value)) return false;
    seen.add(value);
    // A request shows its headers without owning them.
    const held: unknown[] = [(value as Partial<Request>).headers];
    for (const name of Reflect.ownKeys(value as object))
      held.push(name, Object.getOwnPropertyDescriptor(value, name)?.value);
    // What these hold is no property of theirs.
    if ([Headers, Map, Set].some((Type) => value instanceof Type)) held.push(...(value as Iterable<unknown>));
    return held.some(tells);
  };
  try {
    if (!tells(cause)) return cause;
  } catch {}
  return new Error("holds a secret");
}
