/** Keys under which the server does a thing only once. */

/** What a key may be: 1 to 255 visible ASCII characters, so that it fits in a header as it is. */
export const isIdempotencyKey = (key: unknown): key is string =>
  typeof key === "string" && /^[\x21-\x7e]{1,255}$/.test(key);

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
 * would be over 255 characters.
 */
export function idempotencyKeyFrom(...parts: (string | number)[]): string {
  const key = parts.map(encode).join(":");
  const { length } = key;
  if (!isIdempotencyKey(key)) {
    throw new TypeError(
      `An idempotency key has 1 to 255 characters, and these parts make ${length}: take fewer or shorter ones.`,
    );
  }
  return key;
}

function encode(part: string | number, index: number): string {
  const text = typeof part === "number" && Number.isFinite(part) ? String(part) : part;
  // Half a surrogate pair is no character, and cannot be encoded.
  if (typeof text !== "string" || text === "" || /\p{Cs}/u.test(text)) {
    throw new TypeError(`Part ${index + 1} of an idempotency key must be a number or a text, not empty.`);
  }
  return encodeURIComponent(text);
}
