import { defineConfig } from "vitest/config";

// Real processes that build everything: minutes on a busy machine, so apart from `npm test`.
export default defineConfig({
  test: { name: "start", include: ["test/start/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 60_000 },
});
