// The cost of a call: on a stubbed fetch (processor time and memory), and against a server on loopback.
import type { LoopbackCalls, StubbedCalls } from "./calls-worker.js";
import { everythingOn, rawFetch, rawFetchWithTimeout } from "./clients.js";
import { runWorker } from "./processes.js";
import { type Budget, budget, type Part, type Table } from "./report.js";
import { withServer } from "./server.js";
import { differences, type Figure, figure, ratios, type Series } from "./statistics.js";

export const cost: Part = {
  about: "processor time of a call on a stubbed fetch",
  async run() {
    // A semi-space that is large enough avoids collections within a turn. Without flushing, code stays compiled.
    const flags = ["--expose-gc", "--max-semi-space-size=512", "--no-flush-bytecode"];
    const { create, get } = await runWorker<StubbedCalls>("./calls-worker.ts", [], flags);
    const table: Table = {
      title: "Own cost of a call",
      note: 'Processor time of a call on a stubbed fetch; "own" is the part beyond raw fetch, "ratio" compares it with openapi-fetch\'s own cost. "Everything on" adds a deadline, a signal, a header and an event hook to what is always on: idempotency key, retries and timeout. Garbage collection isn\'t included.',
      columns: ["create", "own", "ratio", "get", "own", "ratio"],
      rows: Object.keys(create).map((name) => ({ name, figures: [create, get].flatMap(costFigures(name)) })),
    };
    return {
      tables: [table],
      budgets: [...budgetsOf("create", create, 0.25), ...budgetsOf("get", get, 0.5)],
    };
  },
};

const ownCost = (series: Series, name: string, base = rawFetch): number[] =>
  differences(series[name], series[base]);

function budgetsOf(call: string, series: Series, ownCostLimit: number): Budget[] {
  const own = ratios(ownCost(series, everythingOn, rawFetchWithTimeout), ownCost(series, "openapi-fetch"));
  const whole = ratios(series["`createFetchClient`"], series["openapi-fetch"]);
  return [
    budget(
      `${call}: own cost of \`OnePay\`, everything on, beyond raw fetch with a timeout`,
      figure(own, "×"),
      ownCostLimit,
      "openapi-fetch's own cost",
    ),
    budget(`${call}: whole call of \`createFetchClient\``, figure(whole, "×"), 1.4, "openapi-fetch"),
  ];
}

const costFigures =
  (name: string) =>
  (series: Series): (Figure | undefined)[] => {
    const whole = figure(series[name], "µs");
    if (name === rawFetch) return [whole, undefined, undefined];
    const own = ownCost(series, name);
    return [whole, figure(own, "µs"), figure(ratios(own, ownCost(series, "openapi-fetch")), "×")];
  };

export const loopback: Part = {
  about: "time of a call against a server on loopback, one at a time and fifty at once",
  async run() {
    const { sequential, concurrent } = await withServer((url) =>
      runWorker<LoopbackCalls>("./calls-worker.ts", [url], ["--expose-gc"]),
    );
    const figures = (series: Series, name: string): Figure[] => [
      figure(series[name], "µs"),
      figure(ratios(series[name], series[rawFetch]), "×"),
    ];
    const table: Table = {
      title: "Calls on loopback",
      note: "Creating a customer; time per call. The server runs in another process.",
      columns: ["one at a time", "ratio", "fifty at once", "ratio"],
      rows: Object.keys(sequential).map((name) => ({
        name,
        figures: [...figures(sequential, name), ...figures(concurrent, name)],
      })),
    };
    return { tables: [table], budgets: [] };
  },
};
