// Runs in its own process: calls through every client, with a stubbed fetch or, if there's an argument, to that URL.
import type { Customer } from "../../generated/schema.js";
import { type Calls, type Clients, createClients } from "./clients.js";
import { exampleOf } from "./document.js";
import { interleave, type Series } from "./statistics.js";

export type ClientSeries = Series<keyof Clients>;

/** Microseconds of processor time per call. */
async function measureStubbed() {
  const clients = await createClients("https://api.example.com/v1", await stubbedFetch());
  const measure = async (name: keyof Calls): Promise<ClientSeries> => {
    const time = (client: Calls) => processorTime(client[name]);
    // The first rounds only warm up. The others are short and many, so that a slow moment affects all clients alike.
    await interleave(clients, 50, time);
    return interleave(clients, 300, time);
  };
  return { create: await measure("create"), get: await measure("get") };
}

/** Like every fetch, it first creates a Request. A client that passes a ready Request has it copied here too. */
async function stubbedFetch(): Promise<typeof fetch> {
  const text = JSON.stringify(await exampleOf<Customer>("customer-natural-person"));
  return async (input, init) => {
    const status = new Request(input, init).method === "POST" ? 201 : 200;
    return new Response(text, { status, headers: { "content-type": "application/json" } });
  };
}

async function processorTime(call: () => Promise<unknown>): Promise<number> {
  const calls = 40;
  collectGarbage();
  const before = process.cpuUsage();
  for (let count = 0; count < calls; count++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** Microseconds per call. */
async function measureLoopback(url: string) {
  const clients = await createClients(url);
  const measure = async (concurrency: number): Promise<ClientSeries> => {
    const time = ({ create }: Calls) => elapsedTime(create, concurrency);
    await interleave(clients, 3, time);
    return interleave(clients, 15, time);
  };
  return { sequential: await measure(1), concurrent: await measure(50) };
}

async function elapsedTime(call: () => Promise<unknown>, concurrency: number): Promise<number> {
  const calls = 300;
  collectGarbage();
  let remaining = calls;
  const start = performance.now();
  const loop = async () => {
    while (remaining-- > 0) await call();
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  return ((performance.now() - start) * 1000) / calls;
}

/** Only between measurements and only the young generation: a full collection also discards compiled code. */
const collectGarbage = () => globalThis.gc?.({ type: "minor" });

export type StubbedCalls = Awaited<ReturnType<typeof measureStubbed>>;
export type LoopbackCalls = Awaited<ReturnType<typeof measureLoopback>>;

const [url] = process.argv.slice(2);
process.stdout.write(JSON.stringify(url ? await measureLoopback(url) : await measureStubbed()));
process.exit();
