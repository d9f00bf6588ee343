import {
  type CreateCustomer,
  idempotencyKeyFrom,
  OnePay,
  type Outcome,
} from "onepay-client";
import type { PoolClient } from "pg";
import type PgBoss from "pg-boss";
import { pool } from "./database.js";
import { findCustomer } from "./find-customer.js";
import {
  inTransaction,
  type JobData,
  jobs,
} from "./queue.js";
import { settings } from "./settings.js";

const { timeout, deadline } = settings;
const onepay = new OnePay({ timeout, deadline });

/** A job that nobody may send to OnePay. */
export class RejectedJob extends Error {
  constructor(
    readonly outcome: Outcome,
    reason: string,
  ) {
    super(reason);
  }
}

interface Task {
  /** Calls OnePay. Returns the id of the result. */
  call(
    id: string,
    signal: AbortSignal,
  ): Promise<string>;
  /** Saves that id when the job is completed. */
  save(
    client: PoolClient,
    boss: PgBoss,
    id: string,
    created: string,
  ): Promise<unknown>;
}

const isKeyOld = (firstSentAt: Date) =>
  Date.now() - firstSentAt.getTime() >
  settings.keyLifetime;

const createCustomer: Task = {
  async call(id, signal) {
    // Before the call: the process may be killed in it.
    const { rows } = await pool.query<{
      body: CreateCustomer;
      onepay_id: string | null;
      first_sent_at: Date;
    }>(
      `update sign_ups
       set first_sent_at =
         coalesce(first_sent_at, now())
       where id = $1
       returning body, onepay_id, first_sent_at`,
      [id],
    );
    const [row] = rows;
    if (!row)
      throw new RejectedJob(
        "rejected",
        "The row is missing.",
      );
    // The queue delivered the job twice.
    if (row.onepay_id) return row.onepay_id;
    if (isKeyOld(row.first_sent_at)) {
      const found = await findCustomer(
        onepay,
        row.body,
        signal,
      );
      if (found) return found;
    }
    const customer = await onepay.customers.create(
      row.body,
      {
        idempotencyKey: idempotencyKeyFrom(
          "signup",
          id,
        ),
        signal,
      },
    );
    return customer.id;
  },

  async save(client, boss, id, customerId) {
    const { rows } = await client.query<{
      bonus: number | null;
    }>(
      `update sign_ups set onepay_id = $2
       where id = $1 and onepay_id is null
       returning bonus`,
      [id, customerId],
    );
    const bonus = rows[0]?.bonus;
    if (!bonus) return;
    // The next step, in the same transaction.
    await client.query(
      `insert into top_ups (id, sign_up_id, amount)
       values ($1, $1, $2)`,
      [id, bonus],
    );
    await boss.send(
      jobs,
      { kind: "top-up", id, attempt: 1 },
      inTransaction(client),
    );
  },
};

const topUp: Task = {
  async call(id, signal) {
    const { rows } = await pool.query<{
      amount: number;
      onepay_id: string | null;
      first_sent_at: Date;
      customer_id: string;
    }>(
      `update top_ups
       set first_sent_at =
         coalesce(top_ups.first_sent_at, now())
       from sign_ups
       where top_ups.id = $1
         and sign_ups.id = top_ups.sign_up_id
       returning amount, top_ups.onepay_id,
         top_ups.first_sent_at,
         sign_ups.onepay_id as customer_id`,
      [id],
    );
    const [row] = rows;
    if (!row)
      throw new RejectedJob(
        "rejected",
        "The row is missing.",
      );
    if (row.onepay_id) return row.onepay_id;
    // Money: a person looks at the transactions first.
    if (isKeyOld(row.first_sent_at))
      throw new RejectedJob(
        "unknown",
        "The key is old: check it.",
      );
    const transaction = await onepay.customers.topUp(
      row.customer_id,
      // With the id, a person finds the transaction.
      { amount: row.amount, concept: `Bono ${id}` },
      {
        idempotencyKey: idempotencyKeyFrom(
          "top-up",
          id,
        ),
        signal,
      },
    );
    return transaction.id;
  },

  save: (client, _boss, id, transactionId) =>
    client.query(
      `update top_ups set onepay_id = $2
       where id = $1`,
      [id, transactionId],
    ),
};

export const tasks: Record<JobData["kind"], Task> = {
  "create-customer": createCustomer,
  "top-up": topUp,
};
