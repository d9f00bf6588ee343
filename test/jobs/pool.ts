import pg from "pg";
import type { Postgres } from "./postgres.js";

/** Connections to the test's server. One that breaks fails its query, not the test run. */
export function createPool({ env }: Postgres): pg.Pool {
  const ignore = () => {};
  return new pg.Pool({ host: env.PGHOST, user: env.PGUSER, database: env.PGDATABASE })
    .on("error", ignore)
    .on("connect", (client) => client.on("error", ignore));
}
