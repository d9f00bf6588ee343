import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { importsFrom, sizeLimits, sizeOf } from "../../scripts/bench/size.js";
import { root } from "../../scripts/cli.js";

const source = "./src/index.ts";
const { onePay, fetchClient } = importsFrom(source);

/**
 * The sizes of today, in bytes, as long as a budget isn't met: they may only become smaller. An entry is removed when
 * its budget is met.
 */
const ceilings = { onePay: 14_600, everything: 18_450 };

/** The files that a user's bundle contains. */
async function filesIn(code: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
  });
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([name]) => name);
}

describe("the size of a user's bundle, min+gzip", () => {
  // Of the built package, since that's what users bundle. `npm test` builds it first.
  test.each([
    ["OnePay", "onePay"],
    ["every export, openapi-fetch included", "everything"],
  ] as const)("is within the ceiling for %s", async (_, part) => {
    const size = await sizeOf(importsFrom()[part]);
    expect(size).toBeLessThanOrEqual(ceilings[part]);
    expect(size, "The budget is met: remove the ceiling.").toBeGreaterThan(sizeLimits[part]);
  });
});

describe("a bundle contains only what it uses", () => {
  test("OnePay comes without openapi-fetch", async () => {
    const files = await filesIn(onePay);
    expect(files).toContain("src/onepay.ts");
    expect(files.filter((name) => /openapi-fetch|fetch-client/.test(name))).toEqual([]);
  });

  test("createFetchClient comes without OnePay, its methods and pagination", async () => {
    const files = await filesIn(fetchClient);
    expect(files.some((name) => name.includes("openapi-fetch"))).toBe(true);
    for (const name of ["onepay", "methods", "pagination", "raw-request"])
      expect(files).not.toContain(`src/${name}.ts`);
  });

  test("the error classes and idempotencyKeyFrom come without the client", async () => {
    const errors = `export { isOnePayError, NotFoundError, OnePayError } from "${source}"`;
    expect(await filesIn(errors)).toEqual(["src/errors.ts"]);
    const idempotencyKey = `export { idempotencyKeyFrom } from "${source}"`;
    expect(await filesIn(idempotencyKey)).toEqual(["src/idempotency-key.ts"]);
  });
});
