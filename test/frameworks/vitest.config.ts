import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The frameworks are installed from their own lock file, so they're apart from `npm test`.
export default defineConfig({
  test: {
    name: "frameworks",
    dir: fileURLToPath(new URL(".", import.meta.url)),
    globalSetup: fileURLToPath(new URL("install.ts", import.meta.url)),
    reporters: ["verbose"],
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
