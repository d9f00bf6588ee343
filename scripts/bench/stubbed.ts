// Runs in a process of its own: every client on a fetch that answers at once.
import { answer as reply } from "./processes.js";
import { interleaved } from "./statistics.js";
import { answer, type Client, clients } from "./subjects.js";

/** Call → client → a value a round. */
export type Series = Record<keyof Client, Record<string, number[]>>;

// Short turns and many of them: what slows the machine down for a moment then slows all alike.
const turns = { rounds: 300, calls: 40 };
const allocations = { rounds: 7, calls: 400 };

const text = JSON.stringify(answer);
const created = { status: 201, headers: { "content-type": "application/json" } };
const found = { status: 200, headers: { "content-type": "application/json" } };
// It does what every fetch does first, as the standard has it: it makes a request of what it is given. A client that
// hands over a ready-made Request has it copied here, as by the platform's own.
const stub = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  const { method } = new Request(input, init);
  return new Response(text, method === "POST" ? created : found);
};

reply(async (_input, tell) => {
  const made = await clients("https://api.example.com/v1", stub);
  const result = { times: {} as Series, bytes: {} as Series };
  for (const call of ["create", "get"] as const) {
    const run = async (measure: Measure, { rounds, calls }: typeof turns, what: string) => {
      const subjects = [...made].map(([name, client]): [string, () => Promise<number>] => [
        name,
        () => measure(client[call], calls),
      ]);
      const series = await interleaved(new Map(subjects), rounds, (progress) => {
        // Between the rounds, so that no collection falls into a turn; a full one would make the engine forget what
        // it learnt of the code as well, and the turns after it three times as long.
        globalThis.gc?.({ type: "minor" });
        tell(`${call}, ${what}, ${progress}`);
      });
      return Object.fromEntries(series);
    };
    // What is called often is compiled, in the first rounds; nobody counts them.
    await run(time, { ...turns, rounds: 50 }, "warming up");
    result.times[call] = await run(time, turns, "time");
    result.bytes[call] = await run(allocation, allocations, "allocation");
  }
  return result;
});

type Measure = (call: () => Promise<unknown>, calls: number) => Promise<number>;

/** Microseconds a call, of the processor: nothing here waits, and what else the machine does meanwhile is no cost of ours. */
async function time(call: () => Promise<unknown>, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < calls; count++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** Kilobytes a call. */
async function allocation(call: () => Promise<unknown>, calls: number): Promise<number> {
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < calls; count++) await call();
  return (process.memoryUsage().heapUsed - before) / calls / 1024;
}
