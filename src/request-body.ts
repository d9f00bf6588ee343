/** From the body that the caller passed to the JSON that is sent. */

/**
 * Serializes a body.
 *
 * @throws TypeError if it's missing, isn't an object, or if JSON would lose or change a value.
 */
export function serializeBody(body: unknown, isRequired: boolean, context: string): string | undefined {
  if (body === undefined && !isRequired) return undefined;
  if (typeof body !== "object" || body === null)
    throw new TypeError(
      `${context}: the request body is missing or isn't an object. Pass an object with its fields.`,
    );
  if (isCollection(body)) throw new TypeError(notPlain(context, "the request body"));
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch (error) {
    throw new TypeError(
      `${context}: the request body can't be written as JSON: it contains itself, a BigInt, or a toJSON() that throws.`,
      { cause: error },
    );
  }
  if (!/^[{[]/.test(text ?? ""))
    throw new TypeError(`${context}: the request body isn't an object. Pass an object with its fields.`);
  // JSON writes NaN as null and a Map as {}. Both are rare, so only a text that has one is searched.
  if (text.includes("null") || text.includes("{}")) checkForLoss(body, context);
  return text;
}

function checkForLoss(body: object, context: string): void {
  JSON.stringify(body, (name, value) => {
    const field = `field ${JSON.stringify(name.slice(0, 40))}`;
    if (typeof value === "number" && !Number.isFinite(value))
      throw new TypeError(`${context}: ${field} of the request body must be a finite number.`);
    if (isCollection(value)) throw new TypeError(notPlain(context, field));
    return value;
  });
}

/** Maps, sets, FormData, URLSearchParams and buffers: JSON doesn't write what they contain. */
const isCollection = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Symbol.iterator in value;

const notPlain = (context: string, subject: string): string =>
  `${context}: ${subject} must be a plain object. Convert FormData or a Map with Object.fromEntries().`;
