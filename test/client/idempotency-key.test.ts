import fc from "fast-check";
import { expect, test } from "vitest";
import { idempotencyKeyFrom } from "../../src/index.js";

// Short enough for a key, and with whatever could be taken for a separator or an escape.
const part = fc.oneof(
  fc.string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom(":", "%", "3", "A", "a", " ", "é", "ñ", "日"),
  }),
  fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
);
const parts = fc.array(part, { minLength: 1, maxLength: 3 });

const keyOf = (facts: (string | number)[]): string | undefined => {
  try {
    return idempotencyKeyFrom(...facts);
  } catch {
    return undefined;
  }
};

test("the same facts give the same key", () => {
  expect(idempotencyKeyFrom("order", 42)).toBe("order:42");
  expect(idempotencyKeyFrom("order", 42)).toBe(idempotencyKeyFrom("order", "42"));
});

test("zero and a fraction are numbers as any other", () => {
  expect(idempotencyKeyFrom("rate", 0, 1.5)).toBe("rate:0:1.5");
});

test("other facts give another key, wherever their separators stand", () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const [first, second] = [keyOf(one), keyOf(other)];
      fc.pre(first !== undefined && second !== undefined);
      expect(first === second).toBe(JSON.stringify(one.map(String)) === JSON.stringify(other.map(String)));
    }),
    {
      numRuns: 500,
      examples: [
        [["a", "b"], ["a:b"]],
        [["a%3A"], ["a:"]],
        [[" "], ["%20"]],
      ],
    },
  );
});

test("the facts can be read back from the key", () => {
  fc.assert(
    fc.property(parts, (facts) => {
      const key = keyOf(facts);
      fc.pre(key !== undefined);
      expect(key?.split(":").map(decodeURIComponent)).toEqual(facts.map(String));
    }),
  );
});

test("a key is 1 to 255 visible ASCII characters, whatever the facts hold", () => {
  fc.assert(
    fc.property(parts, (facts) => {
      const key = keyOf(facts);
      fc.pre(key !== undefined);
      expect(key).toMatch(/^[\x21-\x7e]{1,255}$/);
    }),
  );
});

test("255 characters are a key, and 256 are none", () => {
  expect(idempotencyKeyFrom("x".repeat(255))).toHaveLength(255);
  expect(() => idempotencyKeyFrom("x".repeat(256))).toThrow(/255 characters in all/);
  expect(() => idempotencyKeyFrom("é".repeat(43))).toThrow(/255 characters in all/);
});

test("no fact is no key", () => {
  expect(() => idempotencyKeyFrom()).toThrow(TypeError);
});

test.each([
  ["an empty text", ""],
  ["undefined", undefined],
  ["null", null],
  ["an object", {}],
  ["a list", ["a"]],
  ["NaN", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
])("%s as a fact is refused, and the message tells what may be one", (_what, value) => {
  expect(() => idempotencyKeyFrom("order", value as string)).toThrow(/texts and numbers, none empty/);
});

test("half a surrogate pair is no character, and no fact", () => {
  expect(() => idempotencyKeyFrom("order", "\ud83d")).toThrow(URIError);
});
