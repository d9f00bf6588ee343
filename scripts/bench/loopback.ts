// Calls over real sockets, without the network: what the client's own cost comes to beside the platform's.
import type { Loopback } from "./calling.js";
import { installPeers } from "./peers.js";
import { inProcess, startProcess } from "./processes.js";
import type { Part } from "./results.js";
import { each, figure } from "./statistics.js";

export const loopback: Part = {
  about: "calls against a server on loopback, one at a time and fifty at once",
  async run(tell) {
    await installPeers();
    const server = await startProcess<{ url: string }>("./server.ts", {});
    try {
      const measured = await inProcess<Loopback>("./calling.ts", server.output, {
        flags: ["--expose-gc"],
        tell,
      });
      const { sequential, concurrent } = measured;
      const columns = [sequential, concurrent].map((rounds) => ({ rounds, raw: rounds["raw fetch"] ?? [] }));
      return {
        tables: [
          {
            title: "Calls on loopback",
            note: "Creating a customer; time a call, from the first to the last of a round. The server runs in another process. axios goes through node:http here, all others through the platform's fetch.",
            columns: ["one at a time", "beside raw fetch", "fifty at once", "beside raw fetch"],
            rows: Object.keys(sequential).map((name) => ({
              name,
              figures: columns.flatMap(({ rounds, raw }) => [
                figure(rounds[name] ?? [], "µs"),
                figure(
                  each(rounds[name] ?? [], raw, (one, other) => one / other),
                  "×",
                ),
              ]),
            })),
          },
        ],
        budgets: [],
      };
    } finally {
      server.stop();
    }
  },
};
