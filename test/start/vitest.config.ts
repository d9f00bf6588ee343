import { defineConfig } from "vitest/config";

// These tests build everything in child processes. They take minutes on a busy machine, so `npm test` leaves them out.
export default defineConfig({
  test: { name: "start", include: ["test/start/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 60_000 },
});
