// Runs in a process of its own: every client against the server on loopback, one call after another or fifty at once.
import { answer as reply } from "./processes.js";
import { interleaved } from "./statistics.js";
import { clients } from "./subjects.js";

const rounds = 15;
const calls = 300;

/** Microseconds a call, a value a round. */
export interface Loopback {
  sequential: Record<string, number[]>;
  concurrent: Record<string, number[]>;
}

reply(async ({ url }: { url: string }, tell): Promise<Loopback> => {
  const made = await clients(url);
  const series = async (width: number, what: string) => {
    const runs = new Map([...made].map(([name, { create }]) => [name, () => time(create, width)]));
    await interleaved(runs, 3, (progress) => tell(`${what}, warming up, ${progress}`));
    return Object.fromEntries(await interleaved(runs, rounds, (progress) => tell(`${what}, ${progress}`)));
  };
  return { sequential: await series(1, "one at a time"), concurrent: await series(50, "fifty at once") };
});

async function time(call: () => Promise<unknown>, width: number): Promise<number> {
  globalThis.gc?.({ type: "minor" });
  let left = calls;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (left-- > 0) await call();
    }),
  );
  return ((performance.now() - start) * 1000) / calls;
}
