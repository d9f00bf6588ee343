// The built command as a real process.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { listen } from "../../scripts/free-port.js";
import { assumptions } from "../../src/emulator/index.js";
import { OnePay } from "../../src/index.js";
import { ana } from "./client.js";

const command = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

interface Run {
  readonly child: ChildProcess;
  /** Resolves when the server listens or the process has ended. */
  readonly started: Promise<string>;
  readonly ended: Promise<{ exitCode: number | null; output: string }>;
}

const run = (...args: string[]): Run => runCommand("emulator", ...args);

function runCommand(...args: string[]): Run {
  const child = spawn(process.execPath, [command, ...args]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  const ended = new Promise<{ exitCode: number | null; output: string }>((resolve) => {
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
  const started = new Promise<string>((resolve) => {
    const add = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Ctrl-C stops it.")) resolve(output);
    };
    child.stdout.on("data", add);
    child.stderr.on("data", add);
    child.on("close", () => resolve(output));
  });
  return { child, started, ended };
}

const urlIn = (output: string): string => /OnePay emulator: (\S+)\/v1/.exec(output)?.[1] ?? output;

const clientOf = (url: string): OnePay => new OnePay({ apiKey: "sk_test_emulator", baseUrl: `${url}/v1` });

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "onepay-emulator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("npx onepay-client emulator", () => {
  test("loses a response over HTTP: the client retries, and one customer exists", async () => {
    const url = urlIn(await run("--port", "0").started);
    const onepay = new OnePay({ apiKey: "sk_test_emulator", baseUrl: `${url}/v1` });
    const fault = { operation: "createCustomer", kind: "lose-response" };
    await fetch(`${url}/_emulator/faults`, { method: "POST", body: JSON.stringify(fault) });
    const { data, attempts } = await onepay.customers.create(ana).withResponse();
    expect(attempts).toBe(2);
    expect(await onepay.customers.list().toArray({ limit: 10 })).toEqual([data]);
    const requests = await (await fetch(`${url}/_emulator/requests`)).json();
    expect(requests).toMatchObject([{ fault: "lose-response" }, { isReplay: true, status: 201 }, {}]);
    await fetch(`${url}/_emulator/reset`, { method: "POST" });
    expect(await onepay.customers.list().toArray({ limit: 10 })).toEqual([]);
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "saves the state on %s, leaves no other file, and loads it at the next start",
    async (signal) => {
      const folder = temporaryFolder();
      const file = join(folder, "state.json");
      const first = run("--port", "0", "--state", file);
      const created = await clientOf(urlIn(await first.started)).customers.create(ana);
      first.child.kill(signal);
      expect((await first.ended).exitCode).toBe(0);
      expect(readdirSync(folder)).toEqual(["state.json"]);
      const onepay = clientOf(urlIn(await run("--port", "0", "--state", file).started));
      expect(await onepay.customers.get(created.id)).toEqual(created);
    },
  );

  test("saves the state after each change, so that a killed process loses almost nothing", async () => {
    const file = join(temporaryFolder(), "state.json");
    const { child, started, ended } = run("--port", "0", "--state", file);
    const url = urlIn(await started);
    const created = await clientOf(url).customers.create(ana);
    const card = { customer_id: created.id, last_four: "0001" };
    await fetch(`${url}/_emulator/cards`, { method: "POST", body: JSON.stringify(card) });
    const saved = () => JSON.parse(readFileSync(file, "utf8")) as { customers: []; cards: [] };
    await vi.waitFor(() => expect(saved()).toMatchObject({ customers: [created], cards: [card] }), 5_000);
    child.kill("SIGKILL");
    await ended;
    const onepay = clientOf(urlIn(await run("--port", "0", "--state", file).started));
    expect(await onepay.customers.get(created.id)).toEqual(created);
  });

  test("exits on Ctrl-C while a response is delayed", async () => {
    const { child, started, ended } = run("--port", "0");
    const url = urlIn(await started);
    const fault = { kind: "latency", delay: 60_000 };
    await fetch(`${url}/_emulator/faults`, { method: "POST", body: JSON.stringify(fault) });
    const listing = clientOf(url).customers.list({}, { maxRetries: 0 });
    listing.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGINT");
    expect((await ended).exitCode).toBe(0);
    await expect(listing).rejects.toThrow();
  });

  test.each([
    ["isn't JSON", "{broken", "it isn't JSON."],
    ["has another shape", "[]", "The state must be an object."],
    ["is of another version", '{"version":0}', "The state must have version 1. Start again without it."],
    ["lacks a list", '{"version":1,"companyBalance":1,"draws":0}', "The state: customers must be an array."],
  ])(
    "prints one message for a state file that %s, and doesn't change it",
    async (_name, content, message) => {
      const folder = temporaryFolder();
      const file = join(folder, "state.json");
      writeFileSync(file, content);
      const { exitCode, output } = await run("--state", file).ended;
      expect(exitCode).toBe(1);
      expect(output).toBe(`Can't load the state from ${file}: ${message} The file is unchanged.\n`);
      expect(readFileSync(file, "utf8")).toBe(content);
      expect(readdirSync(folder)).toEqual(["state.json"]);
    },
  );

  test("prints one message for a state file that can't be read or written", async () => {
    const folder = temporaryFolder();
    const unreadable = await run("--port", "0", "--state", folder).ended;
    expect(unreadable).toEqual({
      exitCode: 1,
      output: `Can't load the state from ${folder}: it can't be read (EISDIR). The file is unchanged.\n`,
    });
    const unwritable = await run("--port", "0", "--state", join(folder, "missing", "state.json")).ended;
    expect(unwritable.exitCode).toBe(1);
    expect(unwritable.output).toMatch(/^Can't save the state: ENOENT.*\.\n$/);
  });

  test("logs each request with its status and reason, but no data and no live key", async () => {
    const { child, started, ended } = run("--port", "0");
    const url = urlIn(await started);
    const onepay = clientOf(url);
    await onepay.customers.create(ana);
    await onepay.customers.list({ filter: { email: "ana@example.com" } });
    await onepay.customers.get("00000000-0000-4000-8000-000000000404").catch(() => {});
    await onepay
      .withOptions({ apiKey: "sk_live_secret" })
      .customers.list()
      .catch(() => {});
    const otp = await fetch(`${url}/_emulator/otp`, {
      method: "POST",
      body: JSON.stringify({ phone: ana.phone }),
    });
    const password = ((await otp.json()) as { otp: string }).otp;
    child.kill("SIGINT");
    const { output } = await ended;
    const log = output.slice(output.indexOf("Ctrl-C stops it."));
    expect(log).toMatch(/^POST \/customers 201$/m);
    expect(log).toMatch(/^GET \/customers 200$/m);
    expect(log).toMatch(/^GET \/customers\/\S+404 404 \(El recurso no existe\.\)$/m);
    expect(log).toMatch(/^Emulator: a live key was refused\./m);
    expect(log).toContain(`POST /_emulator/otp 200 {"otp":"${password}"}`);
    expect(log).not.toMatch(/ana@example\.com|3000000101|secret/);
  });

  test("logs nothing with --quiet, and runs the printed cURL calls", async () => {
    const { child, started, ended } = run("--port", "0", "--quiet");
    const start = await started;
    const commands =
      start
        .split("\n\n")[1]
        ?.split(/^\S.*:$/m)
        .slice(1) ?? [];
    expect(commands).toHaveLength(2);
    const outputs = commands.map((text) =>
      execFileSync("sh", ["-c", text], { encoding: "utf8", stdio: "pipe" }),
    );
    expect(JSON.parse(outputs[0] ?? "")).toMatchObject({ first_name: "Ana", created_at: expect.any(String) });
    await fetch(`${urlIn(start)}/v1/customers`).then((response) => response.text());
    child.kill("SIGTERM");
    expect((await ended).output).toBe(start);
  });

  test("--assumptions prints each assumption with its reason", async () => {
    const { exitCode, output } = await run("--assumptions").ended;
    expect(exitCode).toBe(0);
    for (const { topic, behavior, reason } of assumptions)
      expect(output).toContain(`${topic}\n  ${behavior}\n  Why: ${reason}\n`);
  });

  test.each([
    [["emulator", "--help"], 0, "--state FILE"],
    [["--help"], 0, "Commands:\n  emulator"],
    [[], 1, "Commands:\n  emulator"],
    [["mock"], 1, 'Unknown command "mock". Run npx onepay-client --help.'],
  ])("npx onepay-client %j exits with %i and prints the help or one message", async (args, code, text) => {
    const { exitCode, output } = await runCommand(...args).ended;
    expect(exitCode).toBe(code);
    expect(output).toContain(text);
  });

  test("uses the next free port if the port is taken, and prints that", async () => {
    const other = createServer();
    const port = await listen(other, 0);
    onTestFinished(() => void other.close());
    const output = await run("--port", String(port)).started;
    expect(output).toContain(`Port ${port} is taken.`);
    expect(urlIn(output)).not.toContain(`:${port}`);
  });

  test.each([
    [["--port", "x"], "--port must be a whole number from 0 to 65535."],
    [["--port", "65536"], "--port must be a whole number from 0 to 65535."],
    [["--seed", "-1"], "--seed"],
    [["--colour"], "Unknown option '--colour'"],
    [["4010"], "Unexpected argument '4010'"],
    [["--host", "203.0.113.1", "--port", "0"], "Can't listen on 203.0.113.1:0 (EADDRNOTAVAIL)."],
  ])("prints one message for %j and exits with 1", async (args, message) => {
    const { exitCode, output } = await run(...args).ended;
    expect(exitCode).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toMatch(/\n\s+at /);
  });
});
