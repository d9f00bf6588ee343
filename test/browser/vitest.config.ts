import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// A separate project, because it needs a browser: `npm run test:browser`.
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    name: "browser",
    include: ["test/browser/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
