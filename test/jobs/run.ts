// npm run test:jobs: the recipe of the guide "Background jobs and bulk imports" with PostgreSQL and killed processes.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { command } from "../../scripts/cli.js";
import { missingPostgres, postgresFolder } from "./postgres.js";
import { seedVariable } from "./seed.js";

const help = `
Usage: npm run test:jobs [-- OPTIONS] [FILE ...]

Runs the samples of the guide "Background jobs and bulk imports" with PostgreSQL, pg-boss and the emulator. Workers,
PostgreSQL and the emulator are killed at random moments. It needs PostgreSQL's programs, but no running server.

  --seed NUMBER   repeat a run: the seed is printed at the start
  --help          print this
`;

export const testJobs = command(
  import.meta,
  help,
  { seed: { type: "string" } } as const,
  async ({ seed }, files) => {
    if (seed !== undefined && !/^\d+$/.test(seed)) {
      process.stderr.write("--seed must be a whole number.\n");
      return 1;
    }
    if (postgresFolder() === undefined) {
      process.stderr.write(`${missingPostgres}\n`);
      return 1;
    }
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const { status } = spawnSync(
      process.execPath,
      [`${root}/node_modules/vitest/vitest.mjs`, "run", "--config", "test/jobs/vitest.config.ts", ...files],
      {
        cwd: root,
        stdio: "inherit",
        env: { ...process.env, ...(seed !== undefined && { [seedVariable]: seed }) },
      },
    );
    return status ?? 1;
  },
);
