import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    dir: fileURLToPath(new URL(".", import.meta.url)),
    globalSetup: fileURLToPath(new URL("setup.ts", import.meta.url)),
    // One line for each consumer, with its time.
    reporters: ["verbose"],
    // Compilers are heavy: more at a time than there are cores would only wait for one another.
    maxConcurrency: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
