// A call's own cost: what each client adds to raw fetch when the network costs nothing.
import { installPeers } from "./peers.js";
import { inProcess } from "./processes.js";
import type { Budget, Part, Table } from "./results.js";
import { shownFigure } from "./results.js";
import { each, type Figure, figure } from "./statistics.js";
import type { Series } from "./stubbed.js";

const bound = "raw fetch with a time limit";
const [raw, ours, yardstick] = ["raw fetch", "onepay-client: `OnePay`, everything on", "openapi-fetch"];

export const cost: Part = {
  about: "a call's own cost on a stubbed fetch, and what it allocates",
  async run(tell) {
    await installPeers();
    // Without a collection in the middle, the difference of the heap is what was allocated; half a gigabyte holds it.
    // Nor is code to be forgotten because the others had their turns: that would be measured as compiling.
    const flags = ["--expose-gc", "--max-semi-space-size=512", "--no-flush-bytecode"];
    const { times, bytes } = await inProcess<{ times: Series; bytes: Series }>(
      "./stubbed.ts",
      {},
      { flags, tell },
    );
    return {
      tables: [
        table(
          "Own cost of a call",
          "µs",
          times,
          `Processor time of a whole call on a stubbed fetch, and what is left of it when raw fetch is taken away, also as a ratio to openapi-fetch's. The stub does what every fetch does first, it makes a Request of what it is given, and answers at once. "Everything on": deadline, a signal, a header of one's own and an event hook, beside the key, the retries and the time limit that are always on. Collecting the garbage is left out: see the next table for how much there is.`,
        ),
        table(
          "Allocation of a call",
          "KB",
          bytes,
          "What a call leaves on the heap for the collector, in the same way.",
        ),
      ],
      budgets: [budget("create", times.create), budget("get", times.get)],
    };
  },
};

function budget(call: string, rounds: Rounds): Budget {
  const measured = ratio(rounds);
  return {
    what: `a flat ${call}'s own cost beyond raw fetch, everything on, stubbed fetch`,
    limit: "≤ 0.5 × openapi-fetch's",
    measured: shownFigure(measured),
    holds: measured.value <= 0.5,
    reason: `openapi-fetch bounds no call in time. The AbortController that this takes, and its signal, come to ${shownFigure(ratio(rounds, bound))} of openapi-fetch's own cost before anything else is done (the line "${bound}").`,
  };
}

type Rounds = Record<string, number[]>;

const own = (rounds: Rounds, name: string): number[] =>
  each(rounds[name] ?? [], rounds[raw] ?? [], (whole, floor) => whole - floor);

const ratio = (rounds: Rounds, name: string = ours): Figure =>
  figure(
    each(own(rounds, name), own(rounds, yardstick), (one, other) => one / other),
    "×",
  );

function table(title: string, unit: "µs" | "KB", series: Series, note: string): Table {
  const names = Object.keys(series.create);
  return {
    title,
    note,
    columns: ["create", "own", "ratio", "get", "own", "ratio"],
    rows: names.map((name) => ({
      name,
      figures: [series.create, series.get].flatMap((rounds) => {
        const whole = figure(rounds[name] ?? [], unit);
        return name === raw
          ? [whole, undefined, undefined]
          : [whole, figure(own(rounds, name), unit), ratio(rounds, name)];
      }),
    })),
  };
}
