import type { PoolClient } from "pg";
import PgBoss from "pg-boss";
import {
  pool,
  reportDatabaseError,
} from "./database.js";
import { settings } from "./settings.js";

export const jobs = "onepay-jobs";
export const deadLetters = "onepay-dead-letters";

export interface JobData {
  kind: "create-customer" | "top-up";
  /** The row that has everything else. */
  id: string;
  attempt: number;
}

export async function startQueue(): Promise<PgBoss> {
  const seconds = (ms: number) => Math.ceil(ms / 1_000);
  const boss = new PgBoss({
    max: 4,
    maintenanceIntervalSeconds: seconds(
      settings.maintenanceInterval,
    ),
  });
  boss.on("error", reportDatabaseError);
  const client = await pool.connect();
  // The lock: workers start at the same time.
  await client.query("select pg_advisory_lock(2)");
  await boss.start();
  await boss.createQueue(deadLetters);
  await boss.createQueue(jobs, {
    name: jobs,
    expireInSeconds: seconds(settings.jobTimeout),
    // For killed workers only: how often one job may be
    // interrupted before it's a dead letter.
    retryLimit: 100,
    deadLetter: deadLetters,
  });
  await client.query("select pg_advisory_unlock(2)");
  client.release();
  return boss;
}

/** Sends or completes a job in your transaction. */
export const inTransaction = (client: PoolClient) => ({
  db: {
    executeSql: (text: string, values: unknown[]) =>
      client.query(text, values),
  },
});
