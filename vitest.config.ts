import { defineConfig } from "vitest/config";

const project = (name: string, isolate = true) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], isolate },
});

export default defineConfig({
  test: {
    // A project a concern: `vitest run --project client` runs one of them.
    projects: [
      ...[
        "generate",
        "client",
        "emulator",
        "rules",
        "docs",
        "types",
        "release",
        "evidence",
        "schemas",
        "drift",
      ].map((name) => project(name)),
      // Loading Prism takes longer than most of its tests: once a worker, not once a file.
      project("contract", false),
    ],
    // By default vitest leaves a core to itself: on the two that CI has, everything would wait in one line.
    maxWorkers: "100%",
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
