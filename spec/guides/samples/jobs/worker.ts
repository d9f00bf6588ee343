import { setTimeout } from "node:timers/promises";
import type PgBoss from "pg-boss";
import {
  createTables,
  pool,
  reportDatabaseError,
} from "./database.js";
import { perform } from "./perform.js";
import {
  type JobData,
  jobs,
  startQueue,
} from "./queue.js";
import { settings } from "./settings.js";

const stopping = new AbortController();
const canceling = new AbortController();
const running = new Set<Promise<void>>();
let pausedUntil = 0;

process.once("SIGTERM", stop).once("SIGINT", stop);
await createTables();
const boss = await startQueue();
console.log("ready");

while (!stopping.signal.aborted) {
  const found = await nextJobs();
  for (const job of found) {
    const run = runJob(job);
    running.add(run);
    run.finally(() => running.delete(run));
  }
  const isFull = running.size >= settings.concurrency;
  if (isFull) await Promise.race(running);
  else if (found.length === 0) await pause(250);
}
await Promise.all(running);
await boss.stop();
await pool.end();
process.exit();

async function nextJobs() {
  const batchSize = settings.concurrency - running.size;
  if (batchSize === 0 || Date.now() < pausedUntil)
    return [];
  return boss.fetch<JobData>(jobs, { batchSize });
}

async function runJob(job: PgBoss.Job<JobData>) {
  try {
    const { signal } = canceling;
    const step = await perform(boss, job, signal);
    if (step?.type === "stop") {
      process.exitCode = 1;
      void stop();
    }
    // The other jobs would fail in the same way.
    if (step?.type === "retry" && step.pause)
      pausedUntil = Math.max(
        pausedUntil,
        Date.now() + step.pause,
      );
  } catch (error) {
    reportDatabaseError(error);
  }
}

/** No new jobs. Calls get some time, then they end. */
async function stop(): Promise<void> {
  stopping.abort();
  await setTimeout(settings.shutdownDelay, undefined, {
    ref: false,
  });
  canceling.abort();
}

async function pause(ms: number): Promise<void> {
  const { signal } = stopping;
  await setTimeout(ms, undefined, { signal }).catch(
    () => {},
  );
}
