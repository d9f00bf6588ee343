/**
 * Keeps what a call sent out of what its error shows: collects the sensitive strings of the call, then tests each
 * value against them. What the server sent stays on `error.body` and `error.fields`, which no log prints.
 */

/** What a call sent. */
export interface Sent {
  /** The API key, the customer token and the values of the caller's headers. */
  readonly secrets: readonly string[];
  readonly url: string;
  readonly body: string | undefined;
}

export interface Redactor {
  /** A name from outside, such as an error code: `undefined` if it isn't one short word or if it repeats what was sent. */
  name(value: unknown): string | undefined;
  /** The reason of a failure: the value if it's proven clean, otherwise an error with its class, code and redacted message. */
  cause(value: unknown): unknown;
}

export function createRedactor(sent: Sent): Redactor {
  const isClean = createTest(() => collectSensitive(sent));
  // A cause may contain ids of the path: its URL helps to find the reason. A name goes into events, which never contain ids.
  const hasNoId = createTest(() => collectIds(sent.url));
  return {
    name: (value) =>
      typeof value === "string" && isPrintableName(value) && isClean(value) && hasNoId(value)
        ? value
        : undefined,
    cause: (value) => {
      // Proxies and getters may throw.
      try {
        return isCleanValue(value, isClean) ? value : describeCause(value, isClean);
      } catch {
        return new Error(redacted);
      }
    },
  };
}

const redacted = "[redacted]";

type Test = (text: string) => boolean;

/** Tests whether a string contains none of the collected ones. They are collected at the first test: most calls need none. */
function createTest(collect: () => string[]): Test {
  let collected: string[] | undefined;
  return (text) => {
    collected ??= collect();
    const plain = normalize(text);
    return !collected.some((secret) => plain.includes(secret));
  };
}

/** One line, printable and bounded, so that a server can't forge log lines. */
const isPrintableName = (text: string): boolean => /^[\p{L}\p{N}_.[\]-]{1,64}$/u.test(text);

// Collecting.

function collectSensitive({ secrets, url, body }: Sent): string[] {
  const found = new Set<string>();
  const add = (value: string) => {
    if (isSensitive(value)) found.add(normalize(value));
  };
  for (const secret of secrets) {
    add(secret);
    // "Basic dXNlcjpwYXNz": the credentials may appear without their scheme.
    for (const part of secret.split(/\s+/)) add(part);
  }
  const query = url.split("?")[1] ?? "";
  add(query);
  for (const value of new URLSearchParams(query).values()) add(value);
  if (body !== undefined) {
    add(body);
    // The reviver only visits each value. The client wrote the body, so it's JSON.
    JSON.parse(body, (_name, value) => {
      if (typeof value === "string" || typeof value === "number") add(String(value));
      return value;
    });
  }
  return [...found];
}

/** The segments of the path that aren't plain words. */
const collectIds = (url: string): string[] =>
  new URL(url).pathname.split("/").filter(isSensitive).map(normalize);

/** Short strings and plain words, such as `company`, are in too many harmless messages. */
const isSensitive = (text: string): boolean => text.length > 3 && !/^[a-z_]+$/.test(text);

/** The same form for all spellings of a string: percent-encoded or not, `+` or space, upper or lower case, escaped in JSON. */
function normalize(text: string): string {
  const unescaped = text.replace(/\\u([\da-f]{4})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return decodePercent(decodePercent(unescaped))
    .replace(/[+\s]+/g, " ")
    .replaceAll("\\", "")
    .toLowerCase();
}

const decodePercent = (text: string): string =>
  text.replace(/(%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });

// Testing.

/** How many values are looked at before a cause counts as unproven. */
const maxValues = 200;

/**
 * Whether a value consists of nothing but clean primitives, in errors, plain objects and arrays. Getters and iterators
 * aren't called, since they may be endless or return something else next time: a value with one isn't proven.
 */
function isCleanValue(root: unknown, isClean: Test): boolean {
  const queue: unknown[] = [root];
  const seen = new Set<unknown>();
  while (queue.length > 0) {
    const value = queue.pop();
    // A function prints its name and may have properties of any kind.
    if (typeof value === "function") return false;
    if (typeof value !== "object" || value === null) {
      if (!isClean(String(value))) return false;
      continue;
    }
    if (seen.has(value)) continue;
    seen.add(value);
    if (seen.size > maxValues || !isPlain(value)) return false;
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      const isStack = key === "stack" && value instanceof Error;
      // `stack` is a getter in newer engines; it's read below.
      if (!isStack && (!property || property.get || property.set)) return false;
      if (!isClean(String(key))) return false;
      queue.push(property?.value);
      if (queue.length > maxValues) return false;
    }
    // The platform's getters: a class with getters isn't plain, so it doesn't get here.
    if (value instanceof Error) queue.push(value.name, value.message, value.stack);
  }
  return true;
}

/** Plain objects, arrays and the platform's errors show nothing but their own properties. */
function isPlain(value: object): boolean {
  if (value instanceof Error) return !hasOwnBehavior(value);
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || prototype === Object.prototype;
}

/** Whether an error has a class with methods or getters, which may print anything. */
function hasOwnBehavior(error: Error): boolean {
  const known: unknown[] = [Error.prototype, globalThis.DOMException?.prototype];
  for (let prototype = Object.getPrototypeOf(error); !known.includes(prototype); ) {
    const properties = Object.entries(Object.getOwnPropertyDescriptors(prototype));
    if (Object.getOwnPropertySymbols(prototype).length > 0) return true;
    if (properties.some(([name, property]) => !isPlainMember(name, property))) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}

/** What the class of an error may have without being able to print something else: its constructor, and a fixed name or message. */
const isPlainMember = (name: string, { value }: PropertyDescriptor): boolean =>
  name === "constructor" || ((name === "name" || name === "message") && typeof value === "string");

/** How many causes of causes are described. */
const maxDepth = 3;

/** A new error with what helps to find the reason of a failure: class, code and message, and the cause of the cause. */
function describeCause(value: unknown, isClean: Test, depth = 0): Error {
  const { name, message, code, cause } = Object(value);
  const isShown = (text: unknown): text is string =>
    typeof text === "string" && text.length < 1_000 && isClean(text);
  const copy = new Error(isShown(message) ? message : redacted);
  // Not enumerable, as in every error: Node.js would print it twice.
  if (isShown(name)) Object.defineProperty(copy, "name", { value: name, writable: true, configurable: true });
  // The stack of this function helps nobody.
  copy.stack = `${copy.name}: ${copy.message}`;
  if (isShown(code)) Object.assign(copy, { code });
  if (cause && depth < maxDepth) {
    copy.cause = isCleanValue(cause, isClean) ? cause : describeCause(cause, isClean, depth + 1);
  }
  return copy;
}
