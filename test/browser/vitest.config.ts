import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// A project of its own, since it wants a browser: `npm run test:browser`.
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    name: "browser",
    include: ["test/browser/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
