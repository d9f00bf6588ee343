import { defineConfig } from "tsdown";

export default defineConfig({
  entry: "src/index.ts",
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  dts: true,
  sourcemap: true,
  // The four files keep their names, so nothing is left over; dist/docs and a reader of the last build stay whole.
  clean: false,
  // At the root, as in the package, so that the checkout too has "onepay-client/openapi.json".
  copy: { from: "generated/openapi.json", to: "." },
  outExtensions: ({ format }) =>
    format === "cjs" ? { js: ".cjs", dts: ".d.cts" } : { js: ".js", dts: ".d.ts" },
});
