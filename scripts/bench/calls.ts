// The cost of a call: on a stubbed fetch (processor time), and against a server on loopback.
import type { ClientSeries, LoopbackCalls, StubbedCalls } from "./calls-worker.js";
import { runModule, withServer } from "./processes.js";
import { type Budget, budget, type Part } from "./report.js";
import { differences, type Figure, figure, ratios } from "./statistics.js";

type Client = keyof ClientSeries;
const clientsOf = (series: ClientSeries) => Object.keys(series) as Client[];

export const cost: Part = {
  about: "processor time of a call on a stubbed fetch",
  async run() {
    // A semi-space that is large enough avoids collections within a turn. Without flushing, code stays compiled.
    const flags = ["--expose-gc", "--max-semi-space-size=512", "--no-flush-bytecode"];
    const { create, get } = await runModule<StubbedCalls>("calls-worker.ts", [], flags);
    return {
      tables: [
        {
          title: "Own cost of a call",
          note: 'Processor time of a call on a stubbed fetch; "own" is the part beyond raw fetch, "ratio" compares it with openapi-fetch\'s own cost. "Everything on" adds a deadline, a signal, a header and an event hook to what is always on: idempotency key, retries and timeout. Garbage collection isn\'t included.',
          columns: ["create", "own", "ratio", "get", "own", "ratio"],
          rows: clientsOf(create).map((name) => ({
            name,
            figures: [...costFigures(create, name), ...costFigures(get, name)],
          })),
        },
      ],
      budgets: [...budgetsOf("create", create, 0.25), ...budgetsOf("get", get, 0.5)],
    };
  },
};

const ownCost = (series: ClientSeries, name: Client, base: Client = "raw fetch"): number[] =>
  differences(series[name], series[base]);

function costFigures(series: ClientSeries, name: Client): (Figure | undefined)[] {
  const whole = figure(series[name], "µs");
  if (name === "raw fetch") return [whole, undefined, undefined];
  const own = ownCost(series, name);
  return [whole, figure(own, "µs"), figure(ratios(own, ownCost(series, "openapi-fetch")), "×")];
}

function budgetsOf(call: string, series: ClientSeries, ownCostLimit: number): Budget[] {
  const own = ownCost(series, "`OnePay`, everything on", "raw fetch with a timeout");
  return [
    budget(
      `${call}: own cost of \`OnePay\`, everything on, beyond raw fetch with a timeout`,
      figure(ratios(own, ownCost(series, "openapi-fetch")), "×"),
      ownCostLimit,
      "openapi-fetch's own cost",
    ),
    budget(
      `${call}: whole call of \`createFetchClient\``,
      figure(ratios(series["`createFetchClient`"], series["openapi-fetch"]), "×"),
      1.4,
      "openapi-fetch",
    ),
  ];
}

export const loopback: Part = {
  about: "time of a call against a server on loopback, one at a time and fifty at once",
  async run() {
    const { sequential, concurrent } = await withServer((url) =>
      runModule<LoopbackCalls>("calls-worker.ts", [url], ["--expose-gc"]),
    );
    const figures = (series: ClientSeries, name: Client): Figure[] => [
      figure(series[name], "µs"),
      figure(ratios(series[name], series["raw fetch"]), "×"),
    ];
    return {
      tables: [
        {
          title: "Calls on loopback",
          note: "Creating a customer; time per call. The server runs in another process.",
          columns: ["one at a time", "ratio", "fifty at once", "ratio"],
          rows: clientsOf(sequential).map((name) => ({
            name,
            figures: [...figures(sequential, name), ...figures(concurrent, name)],
          })),
        },
      ],
      budgets: [],
    };
  },
};
