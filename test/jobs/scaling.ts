// How fast the recipe is with more workers, and how much memory a worker needs: npx tsx test/jobs/scaling.ts --write.
import { readFileSync, writeFileSync } from "node:fs";
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
/** Megabytes. */
const heapLimit = 48;

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
  cpu: Cpu;
  /** Megabytes of the larger worker, after each tenth of the jobs. */
  memory: number[];
}

/** Resident memory in megabytes. */
function memoryOf(pid: number): number {
  const [, kilobytes = 0] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1_024;
}

/** CPU seconds of a process and of its children. */
function cpuOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .trim()
    .split(" ")
    .filter(Boolean);
  // Behind the name in parentheses, the first field is the third of proc(5).
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
  const own = (user + system + endedUser + endedSystem) / 100;
  return children.reduce((sum, child) => sum + cpuOf(Number(child)), own);
}

/** Milliseconds of CPU per job. */
interface Cpu {
  workers: number;
  postgres: number;
  emulator: number;
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
    const heap = `--max-old-space-size=${heapLimit}`;
    const env = { ...postgres.env, ...emulator.env, NODE_OPTIONS: heap };
    for (let index = 0; index < workerCount; index += 1) workers.push(project.run("worker", [], env));
    // Without the start of the processes.
    await waitUntil("the workers to start", () => workers.every((worker) => worker.output() !== ""));
    const pids = workers.map(({ process }) => Number(process.pid));
    const cpu = (): Cpu => ({
      workers: pids.reduce((sum, pid) => sum + cpuOf(pid), 0),
      postgres: cpuOf(postgres.pid()),
      emulator: cpuOf(emulator.pid()),
    });
    const before = cpu();
    const first = await settled();
    const start = Date.now();
    const memory: number[] = [];
    for (let tenth = 1; tenth <= 10; tenth += 1) {
      await waitUntil(`${tenth} tenths`, async () => (await settled()) >= (jobCount * tenth) / 10, 600_000);
      memory.push(Math.max(...pids.map(memoryOf)));
    }
    const seconds = (Date.now() - start) / 1_000;
    const after = cpu();
    const jobs = jobCount - first;
    const perJob = (name: keyof Cpu) => ((after[name] - before[name]) / jobs) * 1_000;
    return {
      workers: workerCount,
      jobs,
      seconds,
      cpu: { workers: perJob("workers"), postgres: perJob("postgres"), emulator: perJob("emulator") },
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
  const milliseconds = (value: number) => `${value.toFixed(1)} ms`;
  const rows = runs.map(({ workers, jobs, seconds, cpu }) => {
    const cpus = [cpu.workers, cpu.postgres, cpu.emulator].map(milliseconds);
    const busy =
      ((cpu.workers + cpu.postgres + cpu.emulator) * jobs) / (seconds * 1_000 * availableParallelism());
    return `| ${[workers, Math.round(jobs / seconds), ...cpus, `${Math.round(busy * 100)}%`].join(" | ")} |`;
  });
  const last = runs.at(-1);
  const perJob = last ? last.cpu.workers + last.cpu.postgres + last.cpu.emulator : 0;
  return [
    "# Results of the background jobs",
    "",
    `Written by \`npx tsx test/jobs/scaling.ts --write\`, with Node.js ${process.version} on ${availableParallelism()} cores (${cpus()[0]?.model.trim()}).`,
    "PostgreSQL, the emulator and the workers share these cores. The emulator responds after",
    `${latency} ms, and each worker has 10 calls at the same time, so one worker can do at most ${(1_000 / latency) * 10} jobs per second.`,
    "",
    "## Jobs per second",
    "",
    "CPU is the time per job. The last column is the share of all cores that these processes use.",
    "",
    "| workers | jobs per second | CPU of the workers | CPU of PostgreSQL | CPU of the emulator | cores in use |",
    "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
    "",
    "One worker waits for OnePay. With more workers, the bottleneck is the CPU: on these cores, a job costs",
    `${milliseconds(perJob)}, and ${milliseconds(last?.cpu.postgres ?? 0)} of it in PostgreSQL. If each part has its own machine, workers`,
    `scale until PostgreSQL is busy, at about ${Math.round(1_000 / (last?.cpu.postgres ?? 1))} jobs per second and core.`,
    "",
    "## Memory",
    "",
    `Resident memory of the larger of ${long.workers} workers over ${long.jobs.toLocaleString("en")} jobs, after each tenth.`,
    `The heap of each worker is limited to ${heapLimit} MB, so a leak would end it:`,
    `${long.memory.map(megabytes).join(", ")}.`,
    "",
  ].join("\n");
}

export const scaling = command(
  import.meta,
  help,
  { jobs: { type: "string" }, write: { type: "boolean" } } as const,
  async ({ jobs = "20000", write = false }) => {
    const project = await createProject();
    try {
      const runs: Run[] = [];
      for (const workers of [1, 2, 4]) runs.push(await measure(project, workers, 2_000));
      const long = await measure(project, 2, Number(jobs));
      const text = describe(runs, long);
      process.stdout.write(text);
      if (write) writeFileSync(resultsFile, text);
    } finally {
      project.remove();
    }
    return 0;
  },
);
