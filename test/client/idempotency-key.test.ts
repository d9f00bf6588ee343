import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import fc from "fast-check";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { idempotencyKeyFrom, OnePay } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import { apiKey, person, rejectionOf } from "./server.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

// Short enough for a key, and with everything that could be taken for a separator or an escape.
const part = fc.oneof(
  fc.string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom(":", "%", "3", "A", "a", " ", "é", "ñ", "日"),
  }),
  fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.maxSafeInteger(),
);
const parts = fc.array(part, { minLength: 1, maxLength: 3 });

/** The key; `undefined` if it would be too long or if a number is too large. */
const keyOf = (facts: (string | number)[]): string | undefined => {
  try {
    return idempotencyKeyFrom(...facts);
  } catch {
    return undefined;
  }
};

describe("idempotencyKeyFrom", () => {
  test("returns the same key for the same facts, numbers included", () => {
    expect(idempotencyKeyFrom("order", 42)).toBe("order:42");
    expect(idempotencyKeyFrom("order", "42")).toBe("order:42");
    expect(idempotencyKeyFrom("rate", 0, -1, 1.5)).toBe("rate:0:-1:1.5");
    expect(idempotencyKeyFrom(Number.MAX_SAFE_INTEGER)).toBe("9007199254740991");
    expect(idempotencyKeyFrom("x".repeat(255))).toHaveLength(255);
  });

  test("returns different keys for different facts, with separators anywhere", () => {
    fc.assert(
      fc.property(parts, parts, (first, second) => {
        const [firstKey, secondKey] = [keyOf(first), keyOf(second)];
        fc.pre(firstKey !== undefined && secondKey !== undefined);
        const isSame = JSON.stringify(first.map(String)) === JSON.stringify(second.map(String));
        expect(firstKey === secondKey).toBe(isSame);
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

  test("returns 1 to 255 visible ASCII characters, from which the facts can be read", () => {
    fc.assert(
      fc.property(parts, (facts) => {
        const key = keyOf(facts);
        fc.pre(key !== undefined);
        expect(key).toMatch(/^[\x21-\x7e]{1,255}$/);
        expect(key?.split(":").map(decodeURIComponent)).toEqual(facts.map(String));
      }),
    );
  });

  // JSON.parse has rounded them: two orders would get one key.
  const rounded = ['{"id":90071992547409931}', '{"id":90071992547409935}'].map((json) => JSON.parse(json).id);
  test.each<[RegExp, unknown[][]]>([
    [/^idempotencyKeyFrom: no parts\./, [[]]],
    [/^idempotencyKeyFrom: the key is longer than 255 characters\./, [["x".repeat(256)], ["é".repeat(43)]]],
    [
      /part 2 must be a number or a string/,
      ["", undefined, null, {}, ["a"], 1n].map((part) => ["order", part]),
    ],
    [/part 1 isn't a finite number/, [[Number.NaN], [Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY]]],
    [/part 2 has half of a character/, [["order", "\ud83d"]]],
    [
      /part 2 is too large to be exact/,
      [...rounded, -(2 ** 53), 1e21, 2 ** 53].map((part) => ["order", part]),
    ],
  ])("throws a TypeError with %s", (problem, calls) => {
    for (const facts of calls) {
      const create = () => idempotencyKeyFrom(...(facts as string[]));
      expect(create).toThrow(TypeError);
      expect(create).toThrow(problem);
    }
  });
});

describe("the idempotency key of a call without one", () => {
  const fetch: Fetch = async () => Response.json({}, { status: 201 });
  const createCustomer = async () =>
    (await new OnePay({ apiKey, fetch }).customers.create(person).withResponse()).idempotencyKey;

  test("is a random UUID of version 4", async () => {
    const keys = await Promise.all(Array.from({ length: 200 }, createCustomer));
    for (const key of keys)
      expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(keys).size).toBe(200);
    // Each digit that isn't fixed takes all of its values.
    for (const position of [0, 7, 9, 15, 20, 24, 35])
      expect(new Set(keys.map((key) => key?.[position])).size).toBe(16);
  });

  test("needs no crypto.randomUUID, which insecure pages and React Native don't have", async () => {
    const getRandomValues = (bytes: Uint8Array) => bytes.fill(255);
    vi.stubGlobal("crypto", { getRandomValues });
    expect(await createCustomer()).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
  });

  test.each([undefined, {}])("is required from the caller if the platform's crypto is %j", async (crypto) => {
    vi.stubGlobal("crypto", crypto);
    expect(await rejectionOf(createCustomer())).toEqual(
      new TypeError("customers.create: this platform has no crypto.getRandomValues. Pass idempotencyKey."),
    );
    const onepay = new OnePay({ apiKey, fetch });
    expect(await onepay.customers.create(person, { idempotencyKey: "order:1" })).toEqual({});
    expect(await onepay.customers.get("cus_1")).toEqual({});
  });

  test("differs between processes that start from one Node.js startup snapshot", async () => {
    const run = promisify(execFile);
    const folder = await mkdtemp(join(tmpdir(), "onepay-snapshot-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const program = `
      import { startupSnapshot } from "node:v8";
      import { OnePay } from "./src/index.ts";
      const onepay = new OnePay({
        apiKey: "sk_test_snapshot",
        fetch: async (_url, { headers }) => {
          console.log(headers["x-idempotency"]);
          return { ok: true, status: 201, headers: new Map(), text: async () => "{}" };
        },
      });
      // Fills the caches of the platform before the snapshot, as a warm-up does.
      onepay.customers.create({ first_name: "Ana" });
      startupSnapshot.setDeserializeMainFunction(async () => {
        for (let call = 0; call < 3; call += 1) await onepay.customers.create({ first_name: "Ana" });
      });`;
    await build({
      stdin: { contents: program, resolveDir: process.cwd(), loader: "ts" },
      bundle: true,
      platform: "node",
      format: "cjs",
      outfile: join(folder, "program.cjs"),
    });
    await writeFile(join(folder, "package.json"), "{}");
    const blob = join(folder, "snapshot.blob");
    await run(process.execPath, ["--snapshot-blob", blob, "--build-snapshot", join(folder, "program.cjs")]);
    const startProcess = async () => {
      const { stdout } = await run(process.execPath, ["--snapshot-blob", blob, join(folder, "program.cjs")]);
      return stdout.trim().split("\n");
    };
    const keys = [...(await startProcess()), ...(await startProcess())];
    expect(keys).toHaveLength(6);
    for (const key of keys) expect(key).toMatch(/^[\da-f-]{36}$/);
    expect(new Set(keys).size).toBe(6);
  });
});
