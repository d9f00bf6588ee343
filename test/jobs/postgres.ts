// A PostgreSQL server for one test run: its own cluster in a temporary folder, reached through a Unix socket.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const programs = ["initdb", "postgres", "pg_isready"];

export const missingPostgres =
  "PostgreSQL isn't installed: initdb, postgres and pg_isready weren't found. Install the package postgresql, for example with `sudo apt-get install postgresql`.";

/** The folder of PostgreSQL's programs. Debian doesn't add it to PATH. */
export function postgresFolder(): string | undefined {
  const debian = process.env.POSTGRES_FOLDER ?? "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    ...versions
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(debian, version, "bin")),
  ];
  return folders.find((folder) => programs.every((program) => existsSync(join(folder, program))));
}

export interface Postgres {
  /** The environment variables that clients read. */
  readonly env: Record<string, string>;
  pid(): number;
  /** Kills all server processes as a crash does, and starts again. */
  crashAndRestart(): Promise<void>;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<Postgres> {
  const programFolder = postgresFolder();
  if (programFolder === undefined) throw new Error(missingPostgres);
  const folder = mkdtempSync(join(tmpdir(), "onepay-pg-"));
  const data = join(folder, "data");
  mkdirSync(data);
  const user = unprivilegedUser();
  if (user) {
    for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
  }
  chmodSync(folder, 0o711);
  const path = (program: string) => join(programFolder, program);
  execFileSync(
    path("initdb"),
    [
      "--pgdata",
      data,
      "--username",
      "postgres",
      "--auth",
      "trust",
      "--encoding",
      "UTF8",
      "--no-locale",
      "--no-sync",
    ],
    { stdio: ["ignore", "ignore", "inherit"], cwd: folder, ...user },
  );
  let server = await start();

  async function start(): Promise<ChildProcess> {
    const options = ["listen_addresses=", "fsync=off", "max_connections=200", "log_min_messages=fatal"];
    const started = spawn(
      path("postgres"),
      ["-D", data, "-k", folder, ...options.flatMap((option) => ["-c", option])],
      { stdio: "ignore", cwd: folder, ...user },
    );
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (started.exitCode !== null) throw new Error(`PostgreSQL exited with ${started.exitCode}.`);
      if (isReady()) return started;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    started.kill("SIGKILL");
    throw new Error("PostgreSQL wasn't ready after 15 s.");
  }

  function isReady(): boolean {
    try {
      execFileSync(path("pg_isready"), ["--host", folder, "--quiet"]);
      return true;
    } catch {
      return false;
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, "exit");
    server.kill(signal);
    await exited;
  }

  return {
    env: { PGHOST: folder, PGUSER: "postgres", PGDATABASE: "postgres" },
    pid: () => Number(server.pid),
    async crashAndRestart() {
      // "Immediate shutdown": no goodbye to the clients, and a recovery at the next start.
      await end("SIGQUIT");
      server = await start();
    },
    async stop() {
      await end("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL doesn't run as root. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string, name: string) =>
    Number(execFileSync("id", [option, name], { encoding: "utf8" }));
  return { uid: id("-u", "postgres"), gid: id("-g", "postgres") };
}
