import type { CreateCustomer } from "onepay-client";
import type PgBoss from "pg-boss";
import { transaction } from "./database.js";
import { inTransaction, jobs } from "./queue.js";

/**
 * Saves a sign-up and its job: both, or neither. Call
 * it in the handler of your form.
 */
export const signUp = (
  boss: PgBoss,
  id: string,
  body: CreateCustomer,
  bonus?: number,
) =>
  transaction(async (client) => {
    await client.query(
      `insert into sign_ups (id, body, bonus)
       values ($1, $2, $3)`,
      [id, body, bonus],
    );
    await boss.send(
      jobs,
      { kind: "create-customer", id, attempt: 1 },
      inTransaction(client),
    );
  });
