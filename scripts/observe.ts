// npm run observe: the first contact with the API. It records a few safe requests, and compares them with the specification.
import { randomInt } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { command, rejectPositionals, root, shown, UserError } from "./cli.js";
import { compare } from "./evidence/compare.js";
import { type Exchange, parsed, readRecording } from "./evidence/recording.js";
import { comparisonText } from "./evidence/report.js";
import { openSpec, type Spec } from "./evidence/spec.js";
import { callText, type PlannedCall, plan } from "./observe/plan.js";
import { startProxy } from "./observe/proxy.js";
import { redactedHar } from "./observe/redact.js";
import { type RunOptions, run } from "./observe/run.js";
import { readDocument } from "./openapi/load.js";
import { withTempFolder } from "./temp.js";

const help = `
Usage: ONEPAY_API_KEY=sk_test_… npm run observe [-- OPTIONS]

Sends a few safe requests to the API with a test key, and prints what the
responses show about each statement of the specification. It prints the requests
first, and asks before it sends them. One request at a time; it stops at the first
401 or 429. Ctrl-C ends it after the current request.

It only reads, unless you add --create. It writes a recording without keys and
personal data. The recording stays on this machine: nothing else is sent.

  --create         also create invented customers, and read the first one
  --customer ID    the test customer to read (default: the first of the list)
  --target URL     a stand-in for the API, such as http://127.0.0.1:4010
  --pause MS       time between two requests, in milliseconds (default: 1000)
  --har FILE       the recording (default: dist/observe.har)
  --yes            send without asking
  --help           print this
`;

const options = {
  create: { type: "boolean" },
  customer: { type: "string" },
  target: { type: "string" },
  pause: { type: "string" },
  har: { type: "string" },
  yes: { type: "boolean" },
} as const;

const print = (line: string) => process.stdout.write(`${line}\n`);

export const main = command(import.meta, help, options, async (values, positionals) => {
  rejectPositionals(positionals);
  const { create = false, customer, pause = "1000", har = join(root, "dist/observe.har") } = values;
  const spec = openSpec();
  const target = checkedTarget(values.target ?? spec.servers[0] ?? "");
  const key = checkedKey(process.env.ONEPAY_API_KEY);
  if (!/^\d{1,6}$/.test(pause)) throw new UserError(`--pause is "${pause}". Pass a number of milliseconds.`);
  const calls = plan(await readDocument(), create, `${randomInt(100_000, 1_000_000)}`);
  print(`${calls.map((call) => callText(target, call)).join("\n")}\n`);
  if (!values.yes && !(await isConfirmed(calls, target))) {
    print("Nothing was sent.");
    return 0;
  }
  const file = resolve(har);
  const { sent, recorded, stopped } = await record(spec, calls, file, {
    ...{ key, target, customer, print },
    pause: Number(pause),
  });
  print(`\nSent ${sent} of ${calls.length} requests. Recording: ${shown(file)}\n`);
  if (recorded > 0) {
    const comparison = compare(spec, [await readRecording(file, [target])], [target]);
    process.stdout.write(comparisonText(comparison));
  }
  if (recorded < sent)
    process.stderr.write(`The recording has ${recorded} of the ${sent} requests that were sent.\n`);
  if (stopped) process.stderr.write(`${stopped} The remaining requests were not sent.\n`);
  return stopped ? 1 : 0;
});

/** The URL without a trailing slash. http is only for a stand-in on this machine. */
function checkedTarget(url: string): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : {};
  const isLoopback = ["127.0.0.1", "localhost", "[::1]"].includes(hostname ?? "");
  if (protocol === "https:" || (protocol === "http:" && isLoopback)) return url.replace(/\/+$/, "");
  throw new UserError(`--target is "${url}". Pass an https URL, or an http URL of this machine.`);
}

function checkedKey(key = ""): string {
  if (key.startsWith("sk_test_")) return key;
  let problem = "isn't a secret test key";
  if (key === "") problem = "is not set";
  if (key.startsWith("sk_live_")) problem = "is a live key, and this command is for test data";
  throw new UserError(`ONEPAY_API_KEY ${problem}. Set it to a test key (sk_test_…).`);
}

async function isConfirmed(calls: PlannedCall[], target: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    print(`Add --yes to send these ${calls.length} requests to ${target}.`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const reply = await terminal.question(`Send these ${calls.length} requests to ${target}? [y/N] `);
  terminal.close();
  return ["y", "yes"].includes(reply.trim().toLowerCase());
}

type RecordOptions = Omit<RunOptions, "baseUrl" | "stop" | "cancel">;

/** Makes the calls through the proxy, and writes the redacted recording, even if the run ends early. */
async function record(spec: Spec, calls: PlannedCall[], file: string, options: RecordOptions) {
  const { target } = options;
  const stop = new AbortController();
  const cancel = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) cancel.abort();
    else process.stderr.write("\nStopping after the current request. Press Ctrl-C again to cancel it.\n");
    stop.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, interrupt);
  try {
    // The recording with the key in it exists only in a folder that nobody else can read.
    return await withTempFolder("observe", async (folder) => {
      const raw = join(folder, "raw.har");
      const proxy = await startProxy(target, raw);
      const signals = { stop: stop.signal, cancel: cancel.signal };
      const result = await run(calls, { ...options, ...signals, baseUrl: proxy.url }).finally(proxy.stop);
      const exchanges = await exchangesIn(raw, target);
      if (result.withoutResponse && exchanges.length < result.sent) exchanges.push(result.withoutResponse);
      await writeRecording(file, redactedHar(spec, exchanges, target));
      return { ...result, recorded: exchanges.length };
    });
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, interrupt);
  }
}

async function writeRecording(file: string, har: object): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(har, null, 2)}\n`, "utf8");
  } catch (error) {
    throw new UserError(`The recording can't be written: ${(error as Error).message}`);
  }
}

/** The exchanges that the proxy recorded. If there are none, it writes no file, or one without entries. */
async function exchangesIn(raw: string, target: string): Promise<Exchange[]> {
  const text = await readFile(raw, "utf8").catch(() => "");
  const har = parsed(text) as { log: { entries: unknown[] } } | undefined;
  return har?.log.entries.length ? (await readRecording(raw, [target])).exchanges : [];
}
