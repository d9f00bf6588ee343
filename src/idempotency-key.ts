/** Idempotency keys: the server acts only once per key. */

const maxLength = 255;

/** Whether a value can be sent as an idempotency key. */
export const isIdempotencyKey = (value: unknown): boolean =>
  typeof value === "string" && /^[!-~]+$/.test(value) && value.length <= maxLength;

/**
 * Creates a stable idempotency key from business facts: the same facts return the same key, other facts another one.
 * Each part is percent-encoded, and the parts are joined by `:`.
 *
 * The key belongs to the intent, not to the attempt: if a queue delivers an order twice, the customer is charged once.
 * Pass what identifies the intent (`"order"` and its id), never the time or anything random. Errors and events contain
 * the key, so it must not contain personal data or secrets.
 *
 * @example
 * await onepay.customers.create(body, { idempotencyKey: idempotencyKeyFrom("order", order.id) });
 *
 * @throws TypeError if a part is empty or neither a string nor a safe number, if there is no part, or if the key is
 * longer than 255 characters.
 */
export function idempotencyKeyFrom(...parts: (string | number)[]): string {
  if (parts.length === 0)
    throw new TypeError(
      'idempotencyKeyFrom: no parts. Pass the facts that identify the intent, such as "order" and its id.',
    );
  const key = parts.map(encodePart).join(":");
  if (key.length > maxLength)
    throw new TypeError(
      `idempotencyKeyFrom: the key is longer than ${maxLength} characters. Pass fewer or shorter parts.`,
    );
  return key;
}

function encodePart(part: unknown, index: number): string {
  const position = `part ${index + 1}`;
  if (typeof part === "number") {
    if (!Number.isFinite(part)) throw new TypeError(`idempotencyKeyFrom: ${position} isn't a finite number.`);
    // JSON.parse rounds long ids, so two orders would get one key.
    if (Math.abs(part) > Number.MAX_SAFE_INTEGER)
      throw new TypeError(
        `idempotencyKeyFrom: ${position} is too large to be exact. Pass the id as a string.`,
      );
    return encodeURIComponent(part);
  }
  if (typeof part !== "string" || part === "")
    throw new TypeError(`idempotencyKeyFrom: ${position} must be a number or a string that isn't empty.`);
  if (/\p{Surrogate}/u.test(part))
    throw new TypeError(`idempotencyKeyFrom: ${position} has half of a character (a lone surrogate).`);
  return encodeURIComponent(part);
}

/**
 * A random UUID. It's drawn at the time of the call: `crypto.randomUUID` prepares its numbers in advance, so processes
 * that start from one snapshot would all get the same ones.
 *
 * @throws TypeError if the platform has no random numbers.
 */
export function createIdempotencyKey(label: string): string {
  if (typeof globalThis.crypto?.getRandomValues !== "function")
    throw new TypeError(`${label}: this platform has no crypto.getRandomValues. Pass idempotencyKey.`);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // Version 4, variant 1 (RFC 9562).
  bytes[6] = (Number(bytes[6]) & 0x0f) | 0x40;
  bytes[8] = (Number(bytes[8]) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
