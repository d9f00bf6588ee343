import pg from "pg";

/** Reads PGHOST, PGUSER, PGDATABASE and PGPASSWORD. */
export const pool = new pg.Pool();

// A broken connection fails its query. Without these
// two lines, it would end the process, too.
const ignore = () => {};
pool
  .on("error", ignore)
  .on("connect", (client) =>
    client.on("error", ignore),
  );

/** Runs all queries of `work`, or none of them. */
export async function transaction<T>(
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    // Closing the connection rolls back.
    client.release(true);
    throw error;
  }
}

/** Without the message, which may repeat a row. */
export function reportDatabaseError(error: unknown) {
  const { name, code } = error as {
    name?: string;
    code?: string;
  };
  console.error(JSON.stringify({ error: name, code }));
}

export async function createTables() {
  // The lock: workers start at the same time.
  await pool.query(`
    select pg_advisory_xact_lock(1);
    create table if not exists sign_ups (
      id text primary key,
      body jsonb not null,
      bonus integer,
      first_sent_at timestamptz,
      onepay_id text,
      outcome text,
      reason text,
      import_id text,
      line integer
    );
    create table if not exists top_ups (
      id text primary key,
      sign_up_id text not null references sign_ups,
      amount integer not null,
      first_sent_at timestamptz,
      onepay_id text,
      outcome text,
      reason text
    );
    create table if not exists imports (
      id text primary key,
      line integer not null default 0
    );
    create table if not exists rejected_rows (
      import_id text references imports,
      line integer,
      reason text not null,
      primary key (import_id, line)
    );`);
}
