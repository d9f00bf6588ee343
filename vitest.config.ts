import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The slower suites of `npm test SUITE` have their own configuration.
    exclude: ["browser", "frameworks", "jobs", "package", "start"].map((suite) => `test/${suite}/**`),
    globalSetup: "test/build-package.ts",
    setupFiles: "test/restore.ts",
    // Loading Prism, Redocly or TypeScript takes longer than most tests: once a worker, not once a file.
    isolate: false,
    // More than there are cores, since many tests wait for a server or a process.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Generous: a machine that is busy with something else is no fault of the code.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      // A line per file that isn't covered completely.
      reporter: [["text", { skipFull: true }]],
      include: ["src/**/*.ts"],
      // The command runs in child processes, which aren't measured: test/emulator/server.test.ts.
      exclude: ["src/cli/**"],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
