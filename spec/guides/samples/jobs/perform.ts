import {
  isOnePayError,
  type OnePayError,
} from "onepay-client";
import type PgBoss from "pg-boss";
import { transaction } from "./database.js";
import {
  type NextStep,
  nextStep,
  type Rejection,
} from "./next-step.js";
import {
  deadLetters,
  inTransaction,
  type JobData,
  jobs,
} from "./queue.js";
import { RejectedJob, tasks } from "./tasks.js";

type Job = PgBoss.Job<JobData>;

/**
 * Calls OnePay for a job, and settles the job. Throws
 * if the database fails: then the job starts again
 * after its timeout.
 */
export async function perform(
  boss: PgBoss,
  job: Job,
  signal: AbortSignal,
): Promise<NextStep | undefined> {
  const { kind, id } = job.data;
  let created: string;
  try {
    created = await tasks[kind].call(id, signal);
  } catch (error) {
    return settle(boss, job, error);
  }
  await complete(boss, job, created);
  return undefined;
}

const complete = (
  boss: PgBoss,
  job: Job,
  created: string,
) =>
  transaction(async (client) => {
    const { kind, id } = job.data;
    const db = inTransaction(client);
    await tasks[kind].save(client, boss, id, created);
    await boss.complete(jobs, job.id, {}, db);
  });

async function settle(
  boss: PgBoss,
  job: Job,
  error: unknown,
): Promise<NextStep | undefined> {
  // A TypeError: wrong arguments, so nothing was sent.
  if (
    error instanceof RejectedJob ||
    error instanceof TypeError
  ) {
    const { message: reason } = error;
    const outcome =
      error instanceof RejectedJob
        ? error.outcome
        : "rejected";
    await reject(boss, job, { outcome, reason });
    return undefined;
  }
  if (!isOnePayError(error)) throw error;
  const step = nextStep(error, job.data.attempt);
  // The JSON of the error has no personal data.
  console.log(
    JSON.stringify({ ...job.data, ...step, error }),
  );
  if (step.type === "reject")
    await reject(boss, job, step, error);
  else await sendAgain(boss, job, step.delay);
  return step;
}

/** pg-boss's own retries don't take a delay per job. */
const sendAgain = (
  boss: PgBoss,
  job: Job,
  delay: number,
) =>
  transaction(async (client) => {
    const { attempt } = job.data;
    const db = inTransaction(client);
    await boss.send(
      jobs,
      { ...job.data, attempt: attempt + 1 },
      {
        ...db,
        startAfter: new Date(Date.now() + delay),
      },
    );
    await boss.complete(jobs, job.id, {}, db);
  });

/** Leaves the job to a person, with a reason. */
const reject = (
  boss: PgBoss,
  job: Job,
  { outcome, reason }: Rejection,
  error?: OnePayError,
) =>
  transaction(async (client) => {
    const { kind, id } = job.data;
    const db = inTransaction(client);
    const table =
      kind === "top-up" ? "top_ups" : "sign_ups";
    const { rowCount } = await client.query(
      `update ${table} set outcome = $2, reason = $3
       where id = $1 and onepay_id is null
         and outcome is null`,
      [id, outcome, reason],
    );
    // Not if the queue delivered the job twice.
    if (rowCount)
      await boss.send(
        deadLetters,
        {
          kind,
          id,
          outcome,
          reason,
          error: error?.toJSON(),
        },
        db,
      );
    await boss.complete(jobs, job.id, {}, db);
  });
