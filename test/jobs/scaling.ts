// How fast the recipe is with more workers, and how much memory a worker needs: npx tsx test/jobs/scaling.ts --write.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { command } from "../../scripts/cli.js";
import { startEmulator } from "./emulator.js";
import { createPool } from "./pool.js";
import { startPostgres } from "./postgres.js";
import { createProject, type Program, type Project, root } from "./project.js";
import { waitUntil } from "./wait.js";

const resultsFile = join(root, "test/jobs/RESULTS.md");
const latency = 50;

const help = `
Usage: npx tsx test/jobs/scaling.ts [OPTIONS]

Measures the samples of the guide "Background jobs and bulk imports" against the emulator, which responds after
${latency} ms: jobs per second with 1, 2 and 4 workers, and the memory of a worker.

  --jobs N   jobs of the memory run (default: 20000)
  --write    write the results to test/jobs/RESULTS.md
  --help     print this
`;

interface Run {
  workers: number;
  jobs: number;
  seconds: number;
  /** CPU seconds of the workers and of the emulator. */
  workerCpu: number;
  emulatorCpu: number;
  /** Megabytes of the largest worker, after each tenth of the jobs. */
  memory: number[];
}

/** Resident memory in megabytes and CPU seconds of a process. */
function usageOf(pid: number | undefined): { memory: number; cpu: number } {
  const columns = execFileSync("ps", ["-o", "rss=,cputimes=", "-p", String(pid)], { encoding: "utf8" });
  const [rss = 0, cpu = 0] = columns.trim().split(/\s+/).map(Number);
  return { memory: rss / 1_024, cpu };
}

async function measure(project: Project, workerCount: number, jobCount: number): Promise<Run> {
  const [postgres, emulator] = await Promise.all([startPostgres(), startEmulator({ keepsState: false })]);
  const pool = createPool(postgres);
  const workers: Program[] = [];
  try {
    await emulator.injectFault("latency", { times: jobCount * 100, delay: latency });
    await queueJobs(project, postgres.env, pool, jobCount);
    const settled = async () => {
      const { rows } = await pool.query<{ count: string }>(
        "select count(*) from sign_ups where onepay_id is not null",
      );
      return Number(rows[0]?.count);
    };
    for (let index = 0; index < workerCount; index += 1)
      workers.push(project.run("worker", [], { ...postgres.env, ...emulator.env }));
    // Without the start of the processes.
    await waitUntil("the workers to start", () => workers.every((worker) => worker.output() !== ""));
    const first = await settled();
    const start = Date.now();
    const memory: number[] = [];
    for (let tenth = 1; tenth <= 10; tenth += 1) {
      await waitUntil(`${tenth} tenths`, async () => (await settled()) >= (jobCount * tenth) / 10, 600_000);
      memory.push(Math.max(...workers.map(({ process }) => usageOf(process.pid).memory)));
    }
    const seconds = (Date.now() - start) / 1_000;
    const cpus = workers.map(({ process }) => usageOf(process.pid).cpu);
    return {
      workers: workerCount,
      jobs: jobCount - first,
      seconds,
      workerCpu: cpus.reduce((sum, cpu) => sum + cpu, 0),
      emulatorCpu: usageOf(emulator.pid()).cpu,
      memory,
    };
  } finally {
    for (const worker of workers) worker.process.kill("SIGKILL");
    await pool.end();
    await Promise.all([postgres.stop(), emulator.stop()]);
  }
}

async function queueJobs(
  project: Project,
  env: Record<string, string>,
  pool: ReturnType<typeof createPool>,
  count: number,
): Promise<void> {
  // A file without rows creates the tables and the queue.
  const file = join(project.folder, "empty.csv");
  writeFileSync(file, "id\n");
  const program = project.run("import-customers", [file], env);
  if ((await program.ended) !== 0) throw new Error(program.output());
  await pool.query(
    `insert into sign_ups (id, body)
     select 'user-' || n, jsonb_build_object(
       'user_type', 'natural', 'first_name', 'Juan', 'last_name', 'Pérez',
       'email', 'juan' || n || '@example.com', 'phone', '+573001234567',
       'document_type', 'CC', 'document_number', (1000000 + n)::text)
     from generate_series(1, $1) as n`,
    [count],
  );
  await pool.query(
    `insert into pgboss.job (name, data, expire_in, dead_letter, policy, retry_limit)
     select name, jsonb_build_object('kind', 'create-customer', 'id', 'user-' || n, 'attempt', 1),
       expire_seconds * interval '1s', dead_letter, policy, retry_limit
     from pgboss.queue, generate_series(1, $1) as n where name = 'onepay-jobs'`,
    [count],
  );
  await pool.query("analyze");
}

function describe(runs: Run[], long: Run): string {
  const megabytes = (value: number | undefined) => `${Math.round(value ?? 0)} MB`;
  const rows = runs.map(
    ({ workers, jobs, seconds, workerCpu, emulatorCpu }) =>
      `| ${workers} | ${Math.round(jobs / seconds)} | ${((workerCpu / jobs) * 1_000).toFixed(1)} ms | ${((emulatorCpu / jobs) * 1_000).toFixed(1)} ms |`,
  );
  return [
    "# Results of the background jobs",
    "",
    `Written by \`npx tsx test/jobs/scaling.ts --write\`, with Node.js ${process.version} on ${availableParallelism()} cores (${cpus()[0]?.model.trim()}).`,
    "PostgreSQL, the emulator and the workers share these cores. The emulator responds after",
    `${latency} ms, and each worker has 10 calls at the same time, so one worker can do at most ${(1_000 / latency) * 10} jobs per second.`,
    "",
    "## Jobs per second",
    "",
    "| workers | jobs per second | CPU of the workers per job | CPU of the emulator per job |",
    "| ---: | ---: | ---: | ---: |",
    ...rows,
    "",
    "## Memory",
    "",
    `Resident memory of the largest of ${long.workers} workers over ${long.jobs.toLocaleString("en")} jobs, after each tenth:`,
    `${long.memory.map(megabytes).join(", ")}.`,
    "",
  ].join("\n");
}

await command(
  help,
  { jobs: { type: "string" }, write: { type: "boolean" } } as const,
  async ({ jobs = "20000", write = false }) => {
    const project = await createProject();
    try {
      const runs: Run[] = [];
      for (const workers of [1, 2, 4]) runs.push(await measure(project, workers, 2_000));
      const long = await measure(project, 4, Number(jobs));
      const text = describe(runs, long);
      process.stdout.write(text);
      if (write) writeFileSync(resultsFile, text);
    } finally {
      project.remove();
    }
    return 0;
  },
);
