import { defineConfig } from "vitest/config";

const project = (name: string) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`] },
});

export default defineConfig({
  test: {
    // A project a concern: `vitest run --project client` runs one of them.
    projects: ["generate", "contract", "client", "rules", "docs", "types", "release"].map(project),
    // Generous: a machine that is busy with something else is no fault of the code.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      include: ["src/**/*.ts"],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
