// What a worker does when it's stopped, and what a run prints without PostgreSQL.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../scripts/free-port.js";
import { type EmulatorProcess, startEmulator } from "./emulator.js";
import { createPool } from "./pool.js";
import { missingPostgres, type Postgres, startPostgres } from "./postgres.js";
import { createProject, type Program, type Project, root } from "./project.js";
import { waitUntil } from "./wait.js";

let project: Project;
let postgres: Postgres;
let emulator: EmulatorProcess;
let pool: pg.Pool;
beforeAll(async () => {
  [project, postgres, emulator] = await Promise.all([
    createProject(),
    startPostgres(),
    startEmulator({ keepsState: false }),
  ]);
  pool = createPool(postgres);
});
afterAll(async () => {
  await pool?.end();
  await Promise.all([postgres?.stop(), emulator?.stop()]);
  project?.remove();
});

async function startWorker(env: Record<string, string> = {}): Promise<Program> {
  const worker = project.run("worker", [], { ...postgres.env, ...emulator.env, ...env });
  await waitUntil("the worker to start", () => worker.output().includes("ready"));
  return worker;
}

async function queueSignUp(id: string): Promise<void> {
  await pool.query("insert into sign_ups (id, body) values ($1, $2)", [id, bodyOf(id)]);
  await queueJob("create-customer", id);
}

const bodyOf = (id: string) => ({
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: `${id}@example.com`,
  phone: "+573001234567",
  document_type: "CC",
  document_number: "1234567890",
});

async function queueJob(kind: string, id: string): Promise<void> {
  await pool.query(
    `insert into pgboss.job (name, data, expire_in, dead_letter, policy)
     select name, jsonb_build_object('kind', $1::text, 'id', $2::text, 'attempt', 1),
       interval '1 minute', dead_letter, policy
     from pgboss.queue where name = 'onepay-jobs'`,
    [kind, id],
  );
}

const waitingJobs = async (id: string): Promise<number> => {
  const { rows } = await pool.query(
    "select 1 from pgboss.job where name = 'onepay-jobs' and state < 'active' and data->>'id' = $1",
    [id],
  );
  return rows.length;
};

test("workers that start together create the tables at the same time", async () => {
  Object.assign(process.env, postgres.env);
  const database = await project.load<{ createTables: () => Promise<void>; pool: pg.Pool }>("database");
  const startTogether = () => Promise.all(Array.from({ length: 8 }, () => database.createTables()));
  for (let round = 0; round < 10; round += 1) {
    await pool.query("drop table if exists rejected_rows, top_ups, sign_ups, imports");
    await startTogether();
  }
  await database.pool.end();
});

test("workers that start together share a new queue", async () => {
  const workers = await Promise.all(Array.from({ length: 4 }, () => startWorker()));
  for (const worker of workers) worker.process.kill("SIGTERM");
  expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
});

test("a worker without a connection to OnePay waits, so that few jobs use up an attempt", async () => {
  const worker = await startWorker({ ONEPAY_BASE_URL: `http://127.0.0.1:${await freePort()}/v1` });
  for (let index = 0; index < 40; index += 1) await queueSignUp(`offline-${index}`);
  const failures = () => worker.output().match(/"name":"ConnectionError"/g)?.length ?? 0;
  await waitUntil("the first failures", () => failures() >= 10);
  const paused = worker.output().match(/"pause":200/g)?.length;
  worker.process.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
  expect(paused).toBeGreaterThanOrEqual(10);
  await pool.query("delete from pgboss.job where data->>'id' like 'offline-%'");
});

test("a stopped worker cancels a call that doesn't end, and its job returns to the queue", async () => {
  const worker = await startWorker();
  await emulator.injectFault("stall-headers");
  await queueSignUp("stalled");
  await waitUntil("the request", async () => (await emulator.requests()).length > 0);
  worker.process.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
  expect(worker.output()).toContain('"name":"AbortError"');
  expect(await waitingJobs("stalled")).toBe(1);
});

test("a worker with a wrong API key exits with 1, and the job remains", async () => {
  const worker = await startWorker({ ONEPAY_API_KEY: "sk_test_wrong", ONEPAY_BASE_URL: await refusingApi() });
  await queueSignUp("refused");
  expect(await worker.ended).toBe(1);
  expect(worker.output()).toContain('"type":"stop"');
  expect(await waitingJobs("refused")).toBe(1);
});

test("a row whose id is too long for an idempotency key becomes a dead letter with the reason", async () => {
  const worker = await startWorker();
  const id = "a".repeat(300);
  await queueSignUp(id);
  const deadLetters = async () => {
    const { rows } = await pool.query("select data from pgboss.job where name = 'onepay-dead-letters'");
    return rows.map(({ data }) => [data.id, data.reason]);
  };
  await waitUntil("the dead letter", async () => (await deadLetters()).length > 0);
  expect(await deadLetters()).toEqual([[id, expect.stringContaining("longer than 255 characters")]]);
  worker.process.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
});

describe("a job that was first sent two days ago", () => {
  const twoDaysAgo = new Date(Date.now() - 2 * 24 * 3_600_000);

  test("finds the customer by document instead of creating another one", async () => {
    const response = await fetch(`${emulator.env.ONEPAY_BASE_URL}/customers`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${emulator.env.ONEPAY_API_KEY}`,
        "content-type": "application/json",
        // A key that OnePay doesn't know any more.
        "x-idempotency": "expired",
      },
      body: JSON.stringify({ ...bodyOf("old"), document_number: "5555555555" }),
    });
    const { id } = (await response.json()) as { id: string };
    const worker = await startWorker();
    await pool.query("insert into sign_ups (id, body, first_sent_at) values ($1, $2, $3)", [
      "old",
      { ...bodyOf("old"), document_number: "5555555555" },
      twoDaysAgo,
    ]);
    await queueJob("create-customer", "old");
    const savedId = async () =>
      (await pool.query("select onepay_id from sign_ups where id = 'old'")).rows[0]?.onepay_id;
    await waitUntil("the customer's id", async () => (await savedId()) !== null);
    expect(await savedId()).toBe(id);
    const { customers } = await emulator.state();
    expect(customers.filter(({ document_number }) => document_number === "5555555555")).toHaveLength(1);
    worker.process.kill("SIGTERM");
    expect(await worker.ended).toBe(0);
  });

  test("moves no money, and leaves the top-up to a person", async () => {
    const worker = await startWorker();
    await pool.query(
      "insert into top_ups (id, sign_up_id, amount, first_sent_at) values ('old', 'old', 5000, $1)",
      [twoDaysAgo],
    );
    await queueJob("top-up", "old");
    const result = async () =>
      (await pool.query("select outcome, reason from top_ups where id = 'old'")).rows[0];
    await waitUntil("the outcome", async () => (await result())?.outcome !== null);
    expect(await result()).toEqual({ outcome: "unknown", reason: "The key is old: check it." });
    expect((await emulator.state()).transactions).toEqual([]);
    worker.process.kill("SIGTERM");
    expect(await worker.ended).toBe(0);
  });
});

/** An API that refuses every key. */
async function refusingApi(): Promise<string> {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(401, { "content-type": "application/json" }).end('{"message":"Unauthenticated."}');
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/v1`;
}

test("without PostgreSQL, npm test jobs prints what to install and exits with 1", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join(root, "scripts/test.ts"), "jobs"],
    { cwd: root, encoding: "utf8", env: { PATH: "/nonexistent", POSTGRES_FOLDER: "/nonexistent" } },
  );
  expect([status, stderr]).toEqual([1, `${missingPostgres}\n`]);
});
