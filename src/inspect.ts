/** What may be shown of a failed call: never a secret. What the server said is not shown at all; see errors. */

/** The platform's error; in its place a plain one, where it repeats a secret in what a print shows of it. */
export const safeCause = (cause: unknown, secrets: readonly string[]): unknown => {
  const text = told(cause);
  return secrets.some((secret) => text.includes(secret))
    ? new Error("It repeats a secret, so it is not shown.")
    : cause;
};

// Its stack, its own properties, and the same of the errors inside it: of one cause, or of several that failed together.
function told(error: unknown, depth = 5): string {
  if (typeof error !== "object" || error === null || depth === 0) return String(error);
  const { stack, message, cause, errors } = error as Error & { errors?: unknown };
  return [stack, message, ...Object.entries(error).flat(), cause, ...[errors].flat()]
    .map((part) => told(part, depth - 1))
    .join("\n");
}
