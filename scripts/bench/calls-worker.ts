// Runs in its own process: calls through every client, with a stubbed fetch or, if there's an argument, to that URL.
import type { Customer } from "../../generated/schema.js";
import { type Calls, createClients } from "./clients.js";
import { exampleOf } from "./document.js";
import { printProgress } from "./processes.js";
import { interleave, type Series } from "./statistics.js";

/** Microseconds of processor time per call. */
export type StubbedCalls = Record<keyof Calls, Series>;

/** Microseconds per call. */
export interface LoopbackCalls {
  sequential: Series;
  concurrent: Series;
}

async function measureStubbed(): Promise<StubbedCalls> {
  const clients = await createClients("https://api.example.com/v1", await stubbedFetch());
  const series = (call: keyof Calls, rounds: number) => {
    const measurements = Object.fromEntries(
      Object.entries(clients).map(([name, client]) => [name, () => processorTime(client[call])]),
    );
    return interleave(measurements, rounds, (progress) => {
      // Only between rounds and only the young generation: a full collection also discards compiled code.
      globalThis.gc?.({ type: "minor" });
      printProgress(`cost of ${call}: ${progress}`);
    });
  };
  const measure = async (call: keyof Calls): Promise<Series> => {
    // The first rounds only warm up. The others are short and many, so that a slow moment affects all clients alike.
    await series(call, 50);
    return series(call, 300);
  };
  return { create: await measure("create"), get: await measure("get") };
}

/** Like every fetch, it first creates a Request. A client that passes a ready Request has it copied here too. */
async function stubbedFetch(): Promise<typeof fetch> {
  const text = JSON.stringify(await exampleOf<Customer>("customer-natural-person"));
  return async (input, init) => {
    const { method } = new Request(input, init);
    const status = method === "POST" ? 201 : 200;
    return new Response(text, { status, headers: { "content-type": "application/json" } });
  };
}

async function processorTime(call: () => Promise<unknown>): Promise<number> {
  const calls = 40;
  const before = process.cpuUsage();
  for (let count = 0; count < calls; count++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

async function measureLoopback(url: string): Promise<LoopbackCalls> {
  const clients = await createClients(url);
  const series = async (concurrency: number): Promise<Series> => {
    const measurements = Object.fromEntries(
      Object.entries(clients).map(([name, { create }]) => [name, () => elapsedTime(create, concurrency)]),
    );
    const progress = (text: string) => printProgress(`loopback, ${concurrency} at once: ${text}`);
    await interleave(measurements, 3, progress);
    return interleave(measurements, 15, progress);
  };
  return { sequential: await series(1), concurrent: await series(50) };
}

async function elapsedTime(call: () => Promise<unknown>, concurrency: number): Promise<number> {
  const calls = 300;
  globalThis.gc?.({ type: "minor" });
  let remaining = calls;
  const start = performance.now();
  const loop = async () => {
    while (remaining-- > 0) await call();
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  return ((performance.now() - start) * 1000) / calls;
}

const [url] = process.argv.slice(2);
process.stdout.write(JSON.stringify(url ? await measureLoopback(url) : await measureStubbed()));
process.exit();
