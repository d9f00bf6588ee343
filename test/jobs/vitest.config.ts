import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The queues are installed from their own lock file and need PostgreSQL, so they're apart from `npm test`.
export default defineConfig({
  test: {
    name: "jobs",
    dir: fileURLToPath(new URL(".", import.meta.url)),
    globalSetup: fileURLToPath(new URL("install.ts", import.meta.url)),
    reporters: ["verbose"],
    // One after the other: they measure how long 2,000 jobs take.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
