import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type PgBoss from "pg-boss";
import { pool, transaction } from "./database.js";
import {
  type Header,
  parseRow,
  type RejectedRow,
  readHeader,
  type ValidRow,
} from "./parse-row.js";
import { inTransaction, jobs } from "./queue.js";

const batchSize = 500;

interface Batch {
  importId: string;
  valid: ValidRow[];
  rejected: RejectedRow[];
  /** After this line, up to that line. */
  after: number;
  to: number;
}

/**
 * Saves the rows of a CSV file and a job for each valid
 * one. An interrupted import goes on at its last batch.
 */
export async function importRows(
  boss: PgBoss,
  file: string,
  importId: string,
  onProgress: (line: number) => void,
): Promise<void> {
  const after = await startImport(importId);
  const lines = createInterface({
    input: createReadStream(file, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let batch = emptyBatch(importId, after);
  let header: Header | undefined;
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (!header) header = readHeader(text);
    else if (line > after)
      add(batch, header, text, line);
    if (line - batch.after < batchSize) continue;
    await save(boss, { ...batch, to: line });
    batch = emptyBatch(importId, line);
    onProgress(line);
  }
  if (line > batch.after)
    await save(boss, { ...batch, to: line });
  onProgress(line);
}

/** The last line that an earlier run has saved. */
async function startImport(
  id: string,
): Promise<number> {
  await pool.query(
    `insert into imports (id) values ($1)
     on conflict do nothing`,
    [id],
  );
  const { rows } = await pool.query<{ line: number }>(
    `select line from imports where id = $1`,
    [id],
  );
  return rows[0]?.line ?? 0;
}

const emptyBatch = (
  importId: string,
  after: number,
): Batch => ({
  importId,
  valid: [],
  rejected: [],
  after,
  to: after,
});

function add(
  batch: Batch,
  header: Header,
  text: string,
  line: number,
): void {
  if (text.trim() === "") return;
  const row = parseRow(header, text, line);
  if ("reason" in row) batch.rejected.push(row);
  else batch.valid.push(row);
}

/** Rows, jobs and progress: all of them, or none. */
const save = (boss: PgBoss, batch: Batch) =>
  transaction(async (client) => {
    const { importId, valid, rejected } = batch;
    const { rowCount } = await client.query(
      `update imports set line = $3
       where id = $1 and line = $2`,
      [importId, batch.after, batch.to],
    );
    if (!rowCount)
      throw new Error("This file is being imported.");
    const { rows: saved } = await client.query<{
      id: string;
    }>(
      `insert into sign_ups (id, body, import_id, line)
       select id, body, $1, line
       from jsonb_to_recordset($2)
         as row (id text, body jsonb, line integer)
       on conflict do nothing
       returning id`,
      [importId, JSON.stringify(valid)],
    );
    await boss.insert(
      saved.map(({ id }) => ({
        name: jobs,
        data: {
          kind: "create-customer",
          id,
          attempt: 1,
        },
      })),
      inTransaction(client),
    );
    await client.query(
      `insert into rejected_rows
       select $1, line, reason
       from jsonb_to_recordset($2)
         as row (line integer, reason text)`,
      [importId, JSON.stringify(rejected)],
    );
    // The same data again isn't an error.
    await client.query(
      `insert into rejected_rows
       select $1, row.line, $3
       from jsonb_to_recordset($2)
         as row (id text, body jsonb, line integer)
       join sign_ups using (id)
       where sign_ups.body <> row.body`,
      [
        importId,
        JSON.stringify(valid),
        "id: it exists with other data.",
      ],
    );
  });
