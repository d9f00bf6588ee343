import type pg from "pg";
import type PgBoss from "pg-boss";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultKind } from "../../src/emulator/index.js";
import type { CreateCustomer } from "../../src/index.js";
import { type EmulatorProcess, startEmulator } from "./emulator.js";
import { createPool } from "./pool.js";
import { type Postgres, startPostgres } from "./postgres.js";
import { createProject, type Program, type Project } from "./project.js";
import { createRandom, readSeed } from "./seed.js";
import { waitUntil } from "./wait.js";

const seed = readSeed();
const random = createRandom(seed);
process.stdout.write(`Seed: ${seed}. To repeat this run: JOBS_SEED=${seed} npm test jobs\n`);

const signUpCount = 1_200;
const topUpCount = 800;
/** Of each kind, how many OnePay must reject. */
const invalidCount = 10;
const jobCount = signUpCount + topUpCount;
const timeLimit = 90_000;

interface SignUp {
  id: string;
  body: CreateCustomer;
  bonus: number | undefined;
}

/** Valid sign-ups, a bonus for most of them, and a few of each that OnePay rejects. */
const signUps: SignUp[] = Array.from({ length: signUpCount }, (_, index) => ({
  id: `user-${index}`,
  body: {
    user_type: "natural",
    first_name: "Juan",
    last_name: "Pérez",
    email: isInvalid(index) ? "juan.example.com" : `juan${index}@example.com`,
    phone: "+573001234567",
    document_type: "CC",
    document_number: String(1_000_000 + index),
  },
  bonus: bonusOf(index),
}));

function isInvalid(index: number): boolean {
  return index >= signUpCount - invalidCount;
}

function bonusOf(index: number): number | undefined {
  if (index < invalidCount) return -1;
  return index < topUpCount ? 1_000 + index : undefined;
}

let project: Project;
let postgres: Postgres;
let emulator: EmulatorProcess;
let workers: Program[] = [];
let pool: pg.Pool;
let env: Record<string, string>;
/** What all workers printed, also the killed ones. */
const programs: Program[] = [];

beforeAll(async () => {
  [project, postgres, emulator] = await Promise.all([createProject(), startPostgres(), startEmulator()]);
  env = { ...postgres.env, ...emulator.env };
  Object.assign(process.env, postgres.env);
  pool = createPool(postgres);
});
afterAll(async () => {
  for (const worker of workers) worker.process.kill("SIGKILL");
  await pool?.end();
  await Promise.all([postgres?.stop(), emulator?.stop()]);
  project?.remove();
});

/** Starts a worker in a place. As a supervisor does, starts it again if it can't reach PostgreSQL. */
function startWorker(place: number): void {
  const worker = project.run("worker", [], env);
  programs.push(worker);
  workers[place] = worker;
  worker.ended.then((code) => {
    if (code === 1 && workers[place] === worker) startWorker(place);
  });
}

async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await pool.query(sql, values)).rows;
}

test(`2,000 jobs survive kills, restarts, faults and double delivery (seed ${seed})`, async () => {
  const { boss, close } = await openQueue();
  const start = Date.now();
  await signUpAll(boss);
  for (const place of [0, 1, 2]) startWorker(place);
  await runPlan(createPlan(boss));
  await waitUntil("all jobs to end", hasNoJobs, timeLimit);
  const seconds = (Date.now() - start) / 1_000;
  const replays = (await emulator.requests()).filter(({ isReplay }) => isReplay).length;
  const exitCodes = await stopWorkers();
  process.stdout.write(
    `${jobCount} jobs in ${seconds.toFixed(1)} s, ${replays} repeated requests since the emulator's restart\n`,
  );
  await close();

  expect(replays).toBeGreaterThan(0);
  await expectOneCustomerEach();
  await expectOneTransactionEach();
  await expectRejectedJobs(boss);
  expectNoPersonalData();
  expect(exitCodes).toEqual([0, 0, 0]);
  expect(seconds).toBeLessThan(timeLimit / 1_000);
});

async function openQueue(): Promise<{ boss: PgBoss; close: () => Promise<void> }> {
  const { createTables, pool: samplePool } = await project.load<{
    createTables: () => Promise<void>;
    pool: pg.Pool;
  }>("database");
  const { startQueue } = await project.load<{ startQueue: () => Promise<PgBoss> }>("queue");
  await createTables();
  const boss = await startQueue();
  return { boss, close: () => samplePool.end() };
}

async function signUpAll(boss: PgBoss): Promise<void> {
  const { signUp } = await project.load<{
    signUp: (boss: PgBoss, id: string, body: CreateCustomer, bonus?: number) => Promise<void>;
  }>("sign-up");
  for (let index = 0; index < signUps.length; index += 50) {
    await Promise.all(
      signUps.slice(index, index + 50).map(({ id, body, bonus }) => signUp(boss, id, body, bonus)),
    );
  }
}

/** What goes wrong after how many jobs. Not after how much time, so that a slow machine gets the same run. */
interface Disturbance {
  after: number;
  run: () => Promise<void>;
}

function createPlan(boss: PgBoss): Disturbance[] {
  const many = (count: number, run: () => Promise<void>): Disturbance[] =>
    Array.from({ length: count }, () => ({ after: random.between(0, jobCount * 0.9), run }));
  const once = (from: number, to: number, run: () => Promise<void>): Disturbance => ({
    after: random.between(jobCount * from, jobCount * to),
    run,
  });
  return [
    ...many(200, injectFault),
    ...many(12, killWorker),
    ...many(60, () => deliverTwice(boss)),
    once(0.2, 0.4, () => postgres.crashAndRestart()),
    once(0.5, 0.7, () => emulator.restart()),
  ].sort((one, other) => one.after - other.after);
}

async function runPlan(plan: Disturbance[]): Promise<void> {
  for (const { after, run } of plan) {
    await waitUntil(`${Math.ceil(after)} jobs to end`, async () => (await settledJobs()) >= after, timeLimit);
    await run();
  }
}

const faultKinds: FaultKind[] = [
  "lose-response",
  "reset",
  "stall-headers",
  "stall-body",
  "truncate-body",
  "html",
  "429",
  "500",
  "503",
];

async function injectFault(): Promise<void> {
  const kind = random.pick(faultKinds);
  const asksToWait = (kind === "429" || kind === "503") && random.next() < 0.5;
  const actsFirst = ["html", "500", "503", "stall-headers"].includes(kind) && random.next() < 0.5;
  await emulator.injectFault(kind, {
    ...(asksToWait && { retryAfter: 1 }),
    ...(actsFirst && { when: "after" }),
  });
}

async function killWorker(): Promise<void> {
  const place = Math.floor(random.next() * workers.length);
  workers[place]?.process.kill("SIGKILL");
  await workers[place]?.ended;
  startWorker(place);
}

/** A queue delivers at least once: a job that has ended, that runs, or that waits is delivered again. */
async function deliverTwice(boss: PgBoss): Promise<void> {
  const { id, bonus } = random.pick(signUps);
  const kind = bonus !== undefined && random.next() < 0.5 ? "top-up" : "create-customer";
  for (let copy = 0; copy < 2; copy += 1) await boss.send("onepay-jobs", { kind, id, attempt: 1 });
}

async function settledJobs(): Promise<number> {
  const [row] = await query<{ count: string }>(
    `select (select count(*) from sign_ups where onepay_id is not null or outcome is not null)
          + (select count(*) from top_ups where onepay_id is not null or outcome is not null) as count`,
  );
  return Number(row?.count);
}

async function hasNoJobs(): Promise<boolean> {
  const [row] = await query<{ count: string }>(
    `select count(*) from pgboss.job where name = 'onepay-jobs' and state < 'completed'`,
  );
  return row?.count === "0";
}

async function stopWorkers(): Promise<unknown[]> {
  await waitUntil("the workers to start", () => workers.every((worker) => worker.output().includes("ready")));
  const stopped = workers;
  workers = [];
  for (const worker of stopped) worker.process.kill("SIGTERM");
  return Promise.all(stopped.map(({ ended }) => ended));
}

async function expectOneCustomerEach(): Promise<void> {
  const { customers } = await emulator.state();
  const rows = await query<{ id: string; onepay_id: string | null }>("select id, onepay_id from sign_ups");
  const customerIds = new Map(rows.map((row) => [row.id, row.onepay_id]));
  const byEmail = groupBy(customers, ({ email }) => email);
  const wrong = signUps.filter(({ id, body }, index) => {
    const created = byEmail.get(body.email) ?? [];
    if (isInvalid(index)) return created.length > 0 || customerIds.get(id) !== null;
    return created.length !== 1 || created[0]?.id !== customerIds.get(id);
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
  expect(customers.length).toBe(signUpCount - invalidCount);
}

async function expectOneTransactionEach(): Promise<void> {
  const { transactions, companyBalance } = await emulator.state();
  const topUps = await query<{ id: string; amount: number; onepay_id: string | null; customer_id: string }>(
    `select top_ups.id, amount, top_ups.onepay_id, sign_ups.onepay_id as customer_id
     from top_ups join sign_ups on sign_ups.id = sign_up_id`,
  );
  expect(topUps.length).toBe(topUpCount);
  const byCustomer = groupBy(transactions, ({ customer_id }) => customer_id);
  const wrong = topUps.filter(({ id, amount, onepay_id, customer_id }) => {
    const moved = byCustomer.get(customer_id) ?? [];
    if (amount < 0) return moved.length > 0 || onepay_id !== null;
    return (
      moved.length !== 1 ||
      moved[0]?.amount !== amount ||
      moved[0]?.id !== onepay_id ||
      moved[0].concept !== `Bono ${id}`
    );
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
  const paid = topUps.filter(({ amount }) => amount > 0).reduce((sum, { amount }) => sum + amount, 0);
  expect(1_000_000_000 - companyBalance).toBe(paid);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => unknown): Map<unknown, T[]> {
  const groups = new Map<unknown, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

async function expectRejectedJobs(boss: PgBoss): Promise<void> {
  const letters = await boss.fetch<{ kind: string; id: string; outcome: string; reason: string }>(
    "onepay-dead-letters",
    { batchSize: signUpCount },
  );
  const expected = [
    ...signUps.filter((_, index) => isInvalid(index)).map(({ id }) => `create-customer ${id} rejected 422`),
    ...signUps.filter(({ bonus }) => bonus === -1).map(({ id }) => `top-up ${id} rejected 422`),
  ];
  // A broken response has no fields.
  const found = letters.map(
    ({ data }) => `${data.kind} ${data.id} ${data.outcome} ${data.reason.replace(/ (email|amount)$/, "")}`,
  );
  expect(found.sort()).toEqual(expected.sort());
  await boss.stop();
}

function expectNoPersonalData(): void {
  const printed = programs.map((program) => program.output()).join("");
  expect(printed).toContain('"outcome":"unknown"');
  expect(printed).not.toMatch(/example\.com|Juan|Pérez|3001234567|sk_test_jobs/);
  expect(printed).not.toMatch(/\b100\d{4}\b/);
}
