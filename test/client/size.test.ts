import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { limits, ours, sizeOf } from "../../scripts/bench/size.js";
import { root } from "../../scripts/cli.js";

const from = "./src/index.ts";
const { flat, fetchClient } = ours(from);

/**
 * What is missing to a budget that is not met: see scripts/bench/RESULTS.md. It may only become less, in bytes; the
 * entry goes when the budget holds.
 */
const missing = { flat: 0, everything: 500 };

/** What a user's bundle holds of each file, by its name. */
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

describe("what a user's bundle grows by, min+gzip", () => {
  // Of the built package, since that is what users bundle: `npm test` builds it first.
  test.each([
    ["the flat door", "flat"],
    ["every export, openapi-fetch included", "everything"],
  ] as const)("%s: within its budget, or never further from it than it was", async (_what, which) => {
    const { gzip } = await sizeOf(ours()[which]);
    expect(gzip).toBeLessThanOrEqual(limits[which] + missing[which]);
    if (missing[which] > 0) expect(gzip, "it holds: say so in `missing`").toBeGreaterThan(limits[which]);
  });
});

describe("whoever uses one part does not bundle the others", () => {
  test("the flat door comes without openapi-fetch", async () => {
    const files = await filesIn(flat);
    expect(files).toContain("src/onepay.ts");
    expect(files.filter((name) => /openapi-fetch|fetch-client/.test(name))).toEqual([]);
  });

  test("the fetch client comes without the flat methods and without pages", async () => {
    const files = await filesIn(fetchClient);
    expect(files.some((name) => name.includes("openapi-fetch"))).toBe(true);
    expect(files).not.toContain("src/onepay.ts");
    expect(files).not.toContain("src/page.ts");
  });

  test("the guards and the stable keys come without the client", async () => {
    expect(await filesIn(`export { isOnePayError, isApiError } from "${from}"`)).toEqual(["src/errors.ts"]);
    expect(await filesIn(`export { idempotencyKeyFrom } from "${from}"`)).toEqual(["src/idempotency-key.ts"]);
  });
});
