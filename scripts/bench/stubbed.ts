// Runs in a process of its own: every client on a fetch that answers at once.
import { answer as reply } from "./processes.js";
import { interleaved } from "./statistics.js";
import { answer, type Client, clients } from "./subjects.js";

/** Call → client → a value a round. */
export type Series = Record<keyof Client, Record<string, number[]>>;

const rounds = 31;
const calls = 400;

const text = JSON.stringify(answer);
const created = { status: 201, headers: { "content-type": "application/json" } };
const found = { status: 200, headers: { "content-type": "application/json" } };
const stub = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  const method = init?.method ?? (input instanceof Request ? input.method : "GET");
  return new Response(text, method === "POST" ? created : found);
};

reply(async (_input, tell) => {
  const made = await clients("https://api.example.com/v1", stub);
  const result = { times: {} as Series, bytes: {} as Series };
  for (const call of ["create", "get"] as const) {
    const each = (measure: typeof time) =>
      new Map([...made].map(([name, client]) => [name, () => measure(client[call])]));
    // The first rounds warm up what will be compiled; nobody counts them.
    await interleaved(each(time), 5, (progress) => tell(`${call}, warming up, ${progress}`));
    result.times[call] = Object.fromEntries(
      await interleaved(each(time), rounds, (progress) => tell(`${call}, time, ${progress}`)),
    );
    result.bytes[call] = Object.fromEntries(
      await interleaved(each(allocation), 7, (progress) => tell(`${call}, allocation, ${progress}`)),
    );
  }
  return result;
});

/** Microseconds a call, of the processor: nothing here waits, and what else the machine does in the meantime is no cost of ours. */
async function time(call: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  for (let count = 0; count < calls; count++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** Kilobytes a call. */
async function allocation(call: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < calls; count++) await call();
  return (process.memoryUsage().heapUsed - before) / calls / 1024;
}
