import {
  DelayedError,
  type Job,
  Queue,
  UnrecoverableError,
  Worker,
} from "bullmq";
import { isOnePayError } from "onepay-client";
import { pool } from "./database.js";
import { nextStep } from "./next-step.js";
import { settings } from "./settings.js";
import { RejectedJob, tasks } from "./tasks.js";

interface JobData {
  id: string;
  attempt: number;
}

const connection = { host: "127.0.0.1", port: 6379 };
const queue = new Queue<JobData>("onepay", {
  connection,
});
const canceling = new AbortController();

/**
 * Redis isn't part of your transaction, so this reads
 * the rows that are left to do. Run it each minute.
 */
export async function queueSignUps(): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from sign_ups where onepay_id is null
       and outcome is null limit 1000`,
  );
  await queue.addBulk(
    rows.map(({ id }) => ({
      name: "create-customer",
      data: { id, attempt: 1 },
      opts: {
        // A job that is in the queue isn't added again.
        jobId: `signup-${id}`,
        removeOnComplete: true,
      },
    })),
  );
}

const worker = new Worker<JobData>("onepay", perform, {
  connection,
  concurrency: settings.concurrency,
  // For all workers together: 20 jobs per second.
  limiter: { max: 20, duration: 1_000 },
  // For killed workers. The default of 1 is for bugs.
  maxStalledCount: 100,
});

async function perform(
  job: Job<JobData>,
  token?: string,
): Promise<void> {
  const { id, attempt } = job.data;
  try {
    const task = tasks["create-customer"];
    const created = await task.call(
      id,
      canceling.signal,
    );
    await pool.query(
      `update sign_ups set onepay_id = $2
       where id = $1`,
      [id, created],
    );
  } catch (error) {
    if (error instanceof RejectedJob)
      return reject(id, error.outcome, error.message);
    if (!isOnePayError(error)) throw error;
    const step = nextStep(error, attempt);
    if (step.type === "reject")
      return reject(id, step.outcome, step.reason);
    await job.updateData({ id, attempt: attempt + 1 });
    const start = Date.now() + step.delay;
    await job.moveToDelayed(start, token);
    if (step.type === "stop") void stop();
    if (step.type === "retry" && step.pause)
      await queue.rateLimit(step.pause);
    throw new DelayedError();
  }
}

/** Failed jobs are BullMQ's dead letters. */
async function reject(
  id: string,
  outcome: string,
  reason: string,
): Promise<never> {
  await pool.query(
    `update sign_ups set outcome = $2, reason = $3
     where id = $1`,
    [id, outcome, reason],
  );
  throw new UnrecoverableError(reason);
}

async function stop(): Promise<void> {
  setTimeout(
    () => canceling.abort(),
    settings.shutdownDelay,
  ).unref();
  // Waits for the jobs in progress.
  await worker.close();
  await queue.close();
  await pool.end();
}
process.once("SIGTERM", stop);
