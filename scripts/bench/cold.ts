// The first call of a process: import, construct, call. Whoever runs in functions pays it at each start.
import { installPeers, peersFolder } from "./peers.js";
import { node, startProcess } from "./processes.js";
import type { Part } from "./results.js";
import { shownFigure } from "./results.js";
import { each, figure, interleaved } from "./statistics.js";

const rounds = 15;
const limit = 15;

/** What stands between the two looks at the clock; \`url\` is the server's. */
const programs: Record<string, { code: string; cwd?: string }> = {
  "raw fetch": {
    code: `const response = await fetch(url + "/customers/id", { headers: { authorization: "Bearer key" } });
      await response.json();`,
  },
  "onepay-client: `OnePay`": {
    code: `const { OnePay } = await import("onepay-client");
      await new OnePay({ apiKey: "sk_test_example", baseUrl: url }).customers.get("id");`,
  },
  "onepay-client: `createFetchClient`": {
    code: `const { createFetchClient } = await import("onepay-client");
      await createFetchClient({ apiKey: "sk_test_example", baseUrl: url })
        .GET("/customers/{customer_id}", { params: { path: { customer_id: "id" } } });`,
  },
  "openapi-fetch": {
    code: `const { default: createClient } = await import("openapi-fetch");
      await createClient({ baseUrl: url }).GET("/customers/{customer_id}", { params: { path: { customer_id: "id" } } });`,
  },
  ky: {
    code: `const { default: ky } = await import("ky");
      await ky.create({ prefixUrl: url }).get("customers/id").json();`,
    cwd: peersFolder,
  },
  axios: {
    code: `const { default: axios } = await import("axios");
      await axios.create({ baseURL: url }).get("/customers/id");`,
    cwd: peersFolder,
  },
  dodopayments: {
    code: `const { default: DodoPayments } = await import("dodopayments");
      await new DodoPayments({ baseURL: url, bearerToken: "key" }).customers.retrieve("id");`,
    cwd: peersFolder,
  },
};

export const cold: Part = {
  about: "import, construct and first call in a new process",
  async run(tell) {
    await installPeers();
    const server = await startProcess<{ url: string }>("./server.ts", {});
    try {
      const runs = new Map(
        Object.entries(programs).map(([name, program]) => [name, () => first(program, server.output.url)]),
      );
      const times = await interleaved(runs, rounds, tell);
      const raw = times.get("raw fetch") ?? [];
      const added = (name: string) =>
        figure(
          each(times.get(name) ?? [], raw, (whole, floor) => whole - floor),
          "ms",
        );
      const ours = added("onepay-client: `OnePay`");
      return {
        tables: [
          {
            title: "Cold start",
            note: "A new process each time; from before the import to the end of the first call on loopback, the start of Node itself left out.",
            columns: ["time", "beyond raw fetch"],
            rows: [...times].map(([name, values]) => ({
              name,
              figures: [figure(values, "ms"), name === "raw fetch" ? undefined : added(name)],
            })),
          },
        ],
        budgets: [
          {
            what: "import + construct + first call, cold",
            limit: `≤ raw fetch + ${limit} ms`,
            measured: `raw fetch + ${shownFigure(ours)}`,
            holds: ours.value <= limit,
          },
        ],
      };
    } finally {
      server.stop();
    }
  },
};

async function first({ code, cwd }: { code: string; cwd?: string }, url: string): Promise<number> {
  const timed = `const url = ${JSON.stringify(url)};
    const start = performance.now();
    ${code}
    process.stdout.write(String(performance.now() - start));
    process.exit();`;
  const { stdout } = await node(["--input-type=module", "--eval", timed], cwd ? { cwd } : {});
  return Number(stdout);
}
