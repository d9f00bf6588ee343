import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// A separate project, because it needs a browser: `npm run test:browser`.
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    name: "browser",
    include: ["test/browser/**/*.test.ts"],
    // A slow machine must not fail a test that clicks every button.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
