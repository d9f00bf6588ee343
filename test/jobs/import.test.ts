import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPool } from "./pool.js";
import { type Postgres, startPostgres } from "./postgres.js";
import { createProject, type Program, type Project } from "./project.js";
import { waitUntil } from "./wait.js";

const header = "id,user_type,first_name,last_name,email,phone,document_type,document_number";
const rowOf = (id: number) =>
  `c-${id},natural,Zoraida,Quintana,zoraida${id}@example.com,+573001234567,CC,${1_000_000 + id}`;

let project: Project;
let postgres: Postgres;
let pool: pg.Pool;
beforeAll(async () => {
  [project, postgres] = await Promise.all([createProject(), startPostgres()]);
  pool = createPool(postgres);
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
  project?.remove();
});
beforeEach(async () => {
  await pool.query(
    "drop table if exists rejected_rows, top_ups, sign_ups, imports; drop schema if exists pgboss cascade",
  );
});

const startImport = (file: string): Program => project.run("import-customers", [file], postgres.env);

function write(name: string, lines: string[]): string {
  const file = join(project.folder, name);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

async function count(from: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(`select count(*) from ${from}`);
  return Number(rows[0]?.count);
}

const reportOf = (file: string) => readFileSync(`${file}.rejected.csv`, "utf8").trimEnd().split("\n");

describe("the import of a CSV file", () => {
  test("queues the valid rows, reports the others with line and reason, and prints no personal data", async () => {
    const file = write("mixed.csv", [
      `\u{FEFF}${header}`,
      rowOf(1),
      `c-2,natural,"Zoraida,Quintana,zoraida2@example.com,+573001234567,CC,1000002`,
      "c-3,natural,Zoraida",
      "c-4,natural,Zoraida,Quintana,zoraida.example.com,+573001234567,CC,1000004",
      `c-5,company,Zoraida,Quintana,zoraida5@example.com,+573001234567,CC,1000005`,
      rowOf(1).replace("Zoraida", "Zoe"),
      "",
      rowOf(6).replace("c-6", ""),
      `${rowOf(7)}\r`,
      // PostgreSQL refuses a NUL character.
      rowOf(8).replace("Zoraida", "Zo\u0000raida"),
      rowOf(9).replace("c-9", "c".repeat(101)),
      rowOf(10).replace("c-10", "c:10"),
      rowOf(1),
    ]);
    const program = startImport(file);
    expect([await program.ended, program.output()]).toEqual([0, expect.stringContaining("14 lines")]);
    expect(program.output()).toContain("Rejected rows: 9");
    expect(program.output()).not.toMatch(/zoraida|quintana|300123|100000/i);

    const { rows } = await pool.query("select id, line, body->>'email' as email from sign_ups order by line");
    expect(rows).toEqual([
      { id: "c-1", line: 2, email: "zoraida1@example.com" },
      { id: "c-7", line: 10, email: "zoraida7@example.com" },
    ]);
    expect(await count("pgboss.job where name = 'onepay-jobs'")).toBe(2);
    const report = reportOf(file);
    expect(report.map((line) => line.split(",")[0])).toEqual([
      "line",
      "3",
      "4",
      "5",
      "6",
      "7",
      "9",
      "11",
      "12",
      "13",
    ]);
    expect(report[1]).toContain("CSV_QUOTE_NOT_CLOSED");
    expect(report[2]).toContain("Columns: 3, not 8.");
    expect(report[3]).toContain("email: ");
    expect(report[5]).toContain("id: it exists with other data.");
    expect(report[6]).toContain("id: it's missing.");
    expect(report[7]).toContain("control characters");
    expect(report[8]).toContain("id: use letters, digits, - and _, up to 100.");
    expect(report[9]).toContain("id: use letters, digits, - and _, up to 100.");
    expect(report.join()).not.toMatch(/zoraida|quintana|300123|100000/i);
  });

  test("reads a file of Excel with semicolons, and rejects rows that aren't UTF-8", async () => {
    const file = write(
      "excel.csv",
      [header, rowOf(1)].map((line) => line.replaceAll(",", ";")),
    );
    appendFileSync(
      file,
      Buffer.from(`${rowOf(2).replace("Zoraida", "Jos\u00e9").replaceAll(",", ";")}\n`, "latin1"),
    );
    expect(await startImport(file).ended).toBe(0);
    expect(await count("sign_ups")).toBe(1);
    expect(reportOf(file)[1]).toBe('3,"Save it as UTF-8 without control characters."');
  });

  test("goes on after kills, and queues each row once", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => rowOf(index));
    lines[12_345] = "broken";
    const file = write("large.csv", [header, ...lines]);
    let kills = 0;
    for (const after of [1_000, 6_000, 11_000]) {
      const program = startImport(file);
      const isFarEnough = async () => program.process.exitCode !== null || (await importedLines()) >= after;
      await waitUntil(`${after} lines to be imported`, isFarEnough, 60_000);
      program.process.kill("SIGKILL");
      if ((await program.ended) === "SIGKILL") kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    expect(await startImport(file).ended).toBe(0);
    expect(await count("sign_ups")).toBe(19_999);
    expect(await count("pgboss.job where name = 'onepay-jobs'")).toBe(19_999);
    expect(
      await count("(select distinct data->>'id' from pgboss.job where name = 'onepay-jobs') as ids"),
    ).toBe(19_999);
    expect(reportOf(file)).toEqual(["line,reason", '12347,"Columns: 1, not 8."']);

    // The same file again: there is nothing to do.
    expect(await startImport(file).ended).toBe(0);
    expect(await count("pgboss.job where name = 'onepay-jobs'")).toBe(19_999);
    expect(reportOf(file)).toHaveLength(2);
  });

  test("adds the missing rows of a corrected file, and rejects those that changed", async () => {
    const incomplete = write("incomplete.csv", [header, rowOf(1), "c-2,natural", rowOf(3)]);
    expect(await startImport(incomplete).ended).toBe(0);
    const corrected = write("corrected.csv", [
      header,
      rowOf(1),
      rowOf(2),
      rowOf(3).replace("Zoraida", "Zoe"),
    ]);
    expect(await startImport(corrected).ended).toBe(0);
    const { rows } = await pool.query("select id, body->>'first_name' as name from sign_ups order by id");
    expect(rows).toEqual(["c-1", "c-2", "c-3"].map((id) => ({ id, name: "Zoraida" })));
    expect(await count("pgboss.job where name = 'onepay-jobs'")).toBe(3);
    expect(reportOf(corrected)).toEqual(["line,reason", '4,"id: it exists with other data."']);
  });

  test("stops with a message if the header has no column id", async () => {
    const file = write("header.csv", ["name,email", "Zoraida,zoraida@example.com"]);
    const program = startImport(file);
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain("The first line has no column id.");
  });
});

/** How far the import has come; 0 until its tables exist. */
async function importedLines(): Promise<number> {
  const { rows } = await pool.query<{ line: number }>("select line from imports").catch(() => ({ rows: [] }));
  return rows[0]?.line ?? 0;
}
