// The soak: many calls against random faults, in a separate process. The program can also run on Bun and Deno, without this file.
import { fileURLToPath } from "node:url";
import { runNode } from "./processes.js";
import { budget, type Part } from "./report.js";
import type { SoakReport } from "./soak-program.js";

export const soak: Part = {
  about: "calls against a server that fails at random: outcomes, effects, listeners, heap",
  onDemand: true,
  async run({ calls }) {
    const program = fileURLToPath(new URL("soak-program.ts", import.meta.url));
    const { stdout } = await runNode(["--expose-gc", "--import", "tsx", program, String(calls)], {
      isFailureAllowed: true,
      showsProgress: true,
    });
    const { runtime, seconds, outcomes, requestCounts, heap, listeners, problems } = JSON.parse(
      stdout,
    ) as SoakReport;
    // From the first quarter on: the connection pool and the compiled code have their final size then.
    const growth = (heap.at(-1) ?? Number.NaN) - (heap[Math.floor(heap.length / 4)] ?? Number.NaN);
    const counts = { calls, ...withPrefix("calls: ", outcomes), ...withPrefix("requests: ", requestCounts) };
    return {
      tables: [
        {
          title: "Random faults",
          note: `${runtime}, ${seconds} s, 200 calls at a time with one AbortSignal: creates, deletes and verifications of a one-time password. One request in four meets a fault, before or after the server acts. Heap in MB with all calls settled: ${heap.map((size) => size.toFixed(1)).join(", ")}.`,
          columns: ["count"],
          rows: Object.entries(counts).map(([name, value]) => ({ name, figures: [{ value, unit: "" }] })),
        },
      ],
      budgets: [
        {
          what: "untrue outcomes, doubled writes, lost calls",
          limit: "none",
          measured: problems.length === 0 ? "none" : `${problems.length}: ${problems.slice(0, 5).join("; ")}`,
          isMet: problems.length === 0,
        },
        budget("listeners left on the shared AbortSignal", { value: listeners, unit: "" }, 0),
        budget("growth of the heap", { value: growth, unit: "MB" }, 1),
      ],
    };
  },
};

const withPrefix = (prefix: string, counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(counts)
      .map(([name, count]) => [prefix + name, count])
      .sort(),
  );
