import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// A separate project, because it needs a browser: `npm test browser`.
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    globalSetup: "test/browser/build-docs.ts",
    projects: ["en", "es"].map((language) => ({
      extends: true as const,
      test: { name: language, include: ["test/browser/*.test.ts"], env: { DOCS_LANGUAGE: language } },
    })),
    maxWorkers: "100%",
    // A slow machine must not fail a test that clicks every button.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
