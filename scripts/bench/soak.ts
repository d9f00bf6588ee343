// The long run: what only shows after a hundred thousand calls.
import { inProcess, startProcess } from "./processes.js";
import type { Part } from "./results.js";
import type { Soak } from "./soaking.js";

/** Megabytes by which the heap may differ between the first quarter of the run and its end. */
const flat = 1;

export const soak: Part = {
  about: "100,000 calls against a server that fails at random: nothing lost, nothing left",
  onDemand: true,
  async run(tell) {
    const server = await startProcess<{ url: string }>("./faulty-server.ts", {});
    try {
      const run = await inProcess<Soak>("./soaking.ts", server.output, { flags: ["--expose-gc"], tell });
      // The pools of sockets and the compiled code have their size by then.
      const settledHeap = run.heap[Math.floor(run.heap.length / 4)] ?? Number.NaN;
      const growth = (run.heap.at(-1) ?? Number.NaN) - settledHeap;
      const rows: [string, number][] = [
        ["calls, all creating a customer under a key of their own", run.calls],
        ["attempts", run.attempts],
        ["requests that the server saw", run.ledger.requests],
        ...Object.entries(run.ledger.faults).map(([kind, count]): [string, number] => [
          `fault: ${kind}`,
          count,
        ]),
        ["succeeded", run.succeeded],
        ['failed, outcome "unknown"', run.failed.unknown],
        ['failed, outcome "rejected"', run.failed.rejected],
        ["of them cut short by the shared signal at the end", run.failed.aborted],
        ["listeners left on the shared signal", run.listeners],
        ["calls that were lost, settled twice, or told untruly", run.faults.length],
      ];
      return {
        tables: [
          {
            title: "A hundred thousand calls",
            note: `One client, 200 calls at a time, one signal for all of them; the server resets, stalls, cuts and refuses at random, before and after it has acted, and remembers what it did. ${Math.round(run.seconds)} s. Heap with all calls settled, in MB: ${run.heap.map((megabytes) => megabytes.toFixed(1)).join(", ")}.`,
            columns: ["count"],
            rows: rows.map(([name, value]) => ({ name, figures: [{ value, unit: "" }] })),
          },
        ],
        budgets: [
          {
            what: "100,000 calls sharing one AbortSignal",
            limit: `0 listeners left, flat heap (within ${flat} MB)`,
            measured: `${run.listeners} listeners, ${growth >= 0 ? "+" : "−"}${Math.abs(growth).toFixed(2)} MB`,
            holds: run.listeners === 0 && growth <= flat,
          },
          {
            what: "100,000 calls against random faults",
            limit: "none lost, each settled once, each outcome true",
            measured: run.faults.length === 0 ? "none, all, all" : run.faults.join("; "),
            holds: run.faults.length === 0,
          },
        ],
      };
    } finally {
      server.stop();
    }
  },
};
