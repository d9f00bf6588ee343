import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    dir: fileURLToPath(new URL(".", import.meta.url)),
    globalSetup: fileURLToPath(new URL("setup.ts", import.meta.url)),
    // A line per test, with its time.
    reporters: ["verbose"],
    maxWorkers: "100%",
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
