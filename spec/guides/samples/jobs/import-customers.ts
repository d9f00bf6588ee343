// node --import tsx import-customers.ts customers.csv
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createTables, pool } from "./database.js";
import { importRows } from "./import-rows.js";
import { startQueue } from "./queue.js";

const [file = "customers.csv"] = process.argv.slice(2);

await createTables();
const boss = await startQueue();
// A changed file is another import.
const hash = createHash("sha256");
for await (const chunk of createReadStream(file))
  hash.update(chunk);
const importId = hash.digest("hex");
await importRows(boss, file, importId, (line) =>
  process.stderr.write(`\r${line} lines`),
);
const rejected = await writeReport(
  `${file}.rejected.csv`,
);
console.error(`\nRejected rows: ${rejected}`);
await boss.stop();
await pool.end();

/** Rows that this import or OnePay has rejected. */
async function writeReport(
  name: string,
): Promise<number> {
  const { rows } = await pool.query<{
    line: number;
    reason: string;
  }>(
    `select line, reason from rejected_rows
     where import_id = $1
     union all
     select line, outcome || ': ' || reason
     from sign_ups
     where import_id = $1 and outcome is not null
     order by line`,
    [importId],
  );
  const quote = (text: string) =>
    `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map(
    ({ line, reason }) => `${line},${quote(reason)}\n`,
  );
  await writeFile(name, ["line,reason\n", ...lines]);
  return rows.length;
}
