import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The frameworks are installed from their own lock file, so they're apart from `npm test`.
export default defineConfig({
  test: {
    name: "frameworks",
    dir: fileURLToPath(new URL(".", import.meta.url)),
    reporters: ["verbose"],
    // Both files install the frameworks.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
