import { defineConfig } from "tsdown";

export default defineConfig({
  entry: "src/index.ts",
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  dts: true,
  sourcemap: true,
  // dist/docs may have been built before: neither build cleans the other away.
  clean: ["dist/*.js", "dist/*.cjs", "dist/*.ts", "dist/*.cts", "dist/*.map"],
  outExtensions: ({ format }) =>
    format === "cjs" ? { js: ".cjs", dts: ".d.cts" } : { js: ".js", dts: ".d.ts" },
});
