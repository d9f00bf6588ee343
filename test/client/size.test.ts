import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { importsFrom, sizeLimits, sizeOf } from "../../scripts/bench/size.js";
import { root } from "../../scripts/cli.js";

const from = "./src/index.ts";
const { onePay, fetchClient } = importsFrom(from);

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
  test.each(["onePay", "everything"] as const)("%s is within its budget", async (part) => {
    expect(await sizeOf(importsFrom()[part])).toBeLessThanOrEqual(sizeLimits[part]);
  });
});

describe("a bundle contains only what it uses", () => {
  test("OnePay comes without openapi-fetch", async () => {
    const files = await filesIn(onePay);
    expect(files).toContain("src/onepay.ts");
    expect(files.filter((name) => /openapi-fetch|fetch-client/.test(name))).toEqual([]);
  });

  test("createFetchClient comes without OnePay and without pagination", async () => {
    const files = await filesIn(fetchClient);
    expect(files.some((name) => name.includes("openapi-fetch"))).toBe(true);
    expect(files).not.toContain("src/onepay.ts");
    expect(files).not.toContain("src/page.ts");
  });

  test("error guards and idempotencyKeyFrom come without the client", async () => {
    expect(await filesIn(`export { isOnePayError, isApiError } from "${from}"`)).toEqual(["src/errors.ts"]);
    expect(await filesIn(`export { idempotencyKeyFrom } from "${from}"`)).toEqual(["src/idempotency-key.ts"]);
  });
});
