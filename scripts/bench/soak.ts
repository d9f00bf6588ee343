// The soak: many calls against random faults, in a separate process. The program can also run on Bun and Deno, without this file.
import { fileURLToPath } from "node:url";
import { startNode } from "../process.js";
import { budget, type Part } from "./report.js";
import type { SoakReport } from "./soak-program.js";

const program = fileURLToPath(new URL("soak-program.ts", import.meta.url));

export const soak: Part = {
  about: "calls against a server that fails at random: outcomes, effects, listeners, heap",
  onDemand: true,
  async run({ calls }) {
    // The exit code isn't 0 if there are problems. They're part of the report.
    const { stdout, stderr } = await startNode(["--expose-gc", "--import", "tsx", program, String(calls)])
      .result;
    if (stdout === "") throw new Error(stderr);
    const report: SoakReport = JSON.parse(stdout);
    const { runtime, seconds, outcomes, requestCounts, heap, listeners, problems } = report;
    // From the first quarter on: the connection pool and the compiled code have their final size then.
    const growth = (heap.at(-1) ?? Number.NaN) - (heap[Math.floor(heap.length / 4)] ?? Number.NaN);
    return {
      tables: [
        {
          title: "Random faults",
          note: `${runtime}, ${seconds} s, 200 calls at a time with one AbortSignal: creates, deletes and verifications of a one-time password. One request in four meets a fault, before or after the server acts. Heap in MB with all calls settled: ${heap.map((size) => size.toFixed(1)).join(", ")}.`,
          columns: ["count"],
          rows: [
            ["calls", calls] as const,
            ...named("calls", outcomes),
            ...named("requests", requestCounts),
          ].map(([name, value]) => ({ name, figures: [{ value, unit: "" }] })),
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

const named = (prefix: string, counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([name, count]) => [`${prefix}: ${name}`, count] as const)
    .sort();
