/** What may be shown of a failed call: never a secret. What the server said is not shown at all; see errors. */

/** The platform's error; in its place a plain one, where a print of it could tell a secret. */
export const safeCause = (cause: unknown, secrets: readonly string[]): unknown =>
  tells(cause, secrets, new Set()) ? new Error("It repeats a secret.") : cause;

// The error of a replaced fetch may hold all of its request, in whatever depth and shape.
function tells(value: unknown, secrets: readonly string[], seen: Set<unknown>): boolean {
  if (typeof value === "string") return secrets.some((secret) => value.includes(secret));
  if (Object(value) !== value || seen.has(value)) return false;
  seen.add(value);
  const held = Reflect.ownKeys(value as object).map(
    (name): unknown => Object.getOwnPropertyDescriptor(value, name)?.value,
  );
  // Headers hold what is no property, and a request shows its own without owning them.
  if (value instanceof Request) held.push(value.headers);
  if (value instanceof Headers || value instanceof Map) held.push(...value.values());
  return held.some((part) => tells(part, secrets, seen));
}
