// The soak: many calls to a server that fails at random, then a comparison of every outcome with what the server did.
// Runs with the built package on Node (with tsx), Bun and Deno: `bun scripts/bench/soak-program.ts [CALLS]`
import { spawn } from "node:child_process";
import { getEventListeners } from "node:events";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { OnePay, OnePayError } from "../../dist/index.js";

type Outcome = "succeeded" | "rejected" | "unknown";
type Counts = Record<string, number>;

export interface SoakReport {
  runtime: string;
  seconds: number;
  outcomes: Counts;
  /** How often the server received a request, by the fault that it injected. */
  requestCounts: Counts;
  /** Megabytes after each batch, with all calls settled. */
  heap: number[];
  /** Listeners left on the signal that all calls share. */
  listeners: number;
  /** Untrue outcomes, doubled writes, lost calls. */
  problems: string[];
}

const calls = Number(process.argv[2] ?? 100_000);
const concurrency = Math.min(200, calls);
const batches = 10;
const contact = { phone: "+573001234567", document_type: "CC", document_number: "1234567890" } as const;
const person = { user_type: "natural", first_name: "Ana", last_name: "Soto", ...contact } as const;

// The server runs on Node, which can reset connections.
const serverFile = fileURLToPath(new URL("soak-server.ts", import.meta.url));
const server = spawn("node", ["--import", "tsx", serverFile], { stdio: ["pipe", "pipe", "inherit"] });
const port = await new Promise((resolve) => server.stdout.once("data", (text) => resolve(Number(text))));
const baseUrl = `http://127.0.0.1:${port}`;
const { customers, customerSessions } = new OnePay({
  ...{ apiKey: "sk_test_example", baseUrl },
  ...{ timeout: 300, deadline: 10_000 },
});
const controller = new AbortController();
const { signal } = controller;
const outcomes: Outcome[] = [];

/** Ten calls are six creates, three deletes and one verification. */
const methodOf = (call: number) => (call % 10 < 6 ? "create" : call % 10 < 9 ? "delete" : "verify");

function start(call: number): Promise<unknown> {
  const name = `soak-${call}`;
  switch (methodOf(call)) {
    case "verify":
      return customerSessions.verify({ phone: contact.phone, otp: name }, { signal });
    case "delete":
      return customers.delete(name, { signal });
    case "create": {
      const body = { ...person, email: `${name}@example.com` };
      return customers.create(body, { idempotencyKey: name, signal });
    }
  }
}

async function run(call: number): Promise<void> {
  try {
    await start(call);
    outcomes[call] = "succeeded";
  } catch (error) {
    if (!(error instanceof OnePayError)) throw error;
    outcomes[call] = error.outcome;
  }
}

async function runBatch(from: number, to: number): Promise<void> {
  let next = from;
  const loop = async () => {
    while (next < to) await run(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
}

/** The heap in megabytes. Sockets release their memory one turn late, so it's collected twice. */
async function measureHeap(): Promise<number> {
  for (const _ of [1, 2]) {
    await sleep(20);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function problemOf(outcome: Outcome | undefined, effects: number): string | undefined {
  if (outcome === undefined) return "lost";
  if (outcome === "succeeded" && effects === 0) return "untrue outcome, succeeded without an effect";
  if (outcome === "rejected" && effects > 0) return 'untrue outcome, "rejected" with an effect';
  return effects > 1 ? "doubled write" : undefined;
}

const startTime = performance.now();
const heap: number[] = [];
// The last calls are aborted together, each in a different phase.
const abortedFrom = calls - concurrency;
const batchStart = (batch: number) => Math.floor((abortedFrom * batch) / batches);
for (let batch = 0; batch < batches; batch++) {
  await runBatch(batchStart(batch), batchStart(batch + 1));
  heap.push(await measureHeap());
}
const listeners = getEventListeners(signal, "abort").length;
setTimeout(() => controller.abort(), 50);
await runBatch(abortedFrom, calls);

const ledger = await (await fetch(`${baseUrl}/ledger`)).json();
const { requestCounts, effects } = ledger as { requestCounts: Counts; effects: Counts };
server.kill();
const outcomeCounts: Counts = {};
const problems: string[] = [];
for (let call = 0; call < calls; call++) {
  const outcome = outcomes[call];
  const problem = problemOf(outcome, effects[`soak-${call}`] ?? 0);
  if (problem) problems.push(`${methodOf(call)} ${call}: ${problem}`);
  if (outcome) outcomeCounts[outcome] = (outcomeCounts[outcome] ?? 0) + 1;
}
const { bun, deno, node } = process.versions as Record<string, string | undefined>;
const report: SoakReport = {
  runtime: bun ? `bun ${bun}` : deno ? `deno ${deno}` : `node ${node}`,
  seconds: Math.round((performance.now() - startTime) / 1000),
  outcomes: outcomeCounts,
  ...{ requestCounts, heap, listeners, problems },
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exit(problems.length + listeners > 0 ? 1 : 0);
