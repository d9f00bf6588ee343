/** Keys under which the server does a thing only once. */

/**
 * A stable idempotency key out of business facts: the same facts give the same key, other facts another one. Each
 * part is percent-encoded, and the parts are joined by `:`.
 *
 * The key belongs to the intent, not to the attempt: a queue that delivers an order twice then creates once. So
 * take what names the intent (`"order"`, its id), never the time or anything random. Keys stand in errors and
 * events, so put no personal data and no secret in them.
 *
 * @example
 * await onepay.customers.create(body, { idempotencyKey: idempotencyKeyFrom("order", order.id) });
 *
 * @throws TypeError where there is no part, a part is neither a number nor a text with something in it, or the key
 * would be over 255 characters; URIError where a text holds half a surrogate pair.
 */
export function idempotencyKeyFrom(...parts: (string | number)[]): string {
  const texts = parts.map((part) =>
    typeof part === "string" || Number.isFinite(part) ? encodeURIComponent(part) : "",
  );
  const key = texts.join(":");
  // What is percent-encoded is visible ASCII.
  if (!key || key.length > 255 || texts.includes("")) {
    throw new TypeError("An idempotency key takes texts and numbers, none empty, 255 characters in all.");
  }
  return key;
}
