import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "tsdown";

// openapi-fetch's CommonJS file exports its function as `exports.default`. Code of a package of "type": "module"
// takes the whole of `module.exports` for the default, as Node.js does, so that the bundle would call an object.
const openapiFetchInCommonJs = {
  name: "openapi-fetch-in-commonjs",
  renderChunk(code: string, _: unknown, { format }: { format: string }) {
    if (format !== "cjs" || !code.includes("openapi-fetch")) return null;
    const asNode = "__toESM(openapi_fetch, 1)";
    if (!code.includes(asNode))
      throw new Error(`The bundle has no "${asNode}" any more: see tsdown.config.ts.`);
    // As long as it was, so that the source map stays right.
    return code.replace(asNode, "__toESM(openapi_fetch, 0)");
  },
};

// tsdown makes no maps for the declarations, and leaves the line that points to them.
async function withoutMapLine(file: string): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => "");
  const bare = text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n");
  if (bare !== text) await writeFile(file, bare);
}

export default defineConfig({
  entry: "src/index.ts",
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  // What is marked internal is nobody's to use.
  dts: { compilerOptions: { stripInternal: true } },
  sourcemap: true,
  plugins: [openapiFetchInCommonJs],
  // dist/docs may have been built before: neither build cleans the other away.
  clean: ["dist/*.js", "dist/*.cjs", "dist/*.ts", "dist/*.cts", "dist/*.map"],
  // At the root, as in the package, so that the checkout too has "onepay-client/openapi.json".
  copy: { from: "generated/openapi.json", to: "." },
  hooks: {
    "build:done": async ({ options: { outDir } }) => {
      await withoutMapLine(join(outDir, "index.d.ts"));
      await withoutMapLine(join(outDir, "index.d.cts"));
    },
  },
  outExtensions: ({ format }) =>
    format === "cjs" ? { js: ".cjs", dts: ".d.cts" } : { js: ".js", dts: ".d.ts" },
});
