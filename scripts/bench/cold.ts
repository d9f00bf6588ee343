// The first call of a process: import, construct, call. Serverless functions pay for it at each start.
import { runNode, withServer } from "./processes.js";
import { budget, type Part } from "./report.js";
import { differences, figure, interleave } from "./statistics.js";

/** What each program does while the clock runs. `url` is the server's. */
const programs = {
  "raw fetch":
    'await (await fetch(url + "/customers/id", { headers: { authorization: "Bearer key" } })).json();',
  "`OnePay`": `const { OnePay } = await import("onepay-client");
    await new OnePay({ apiKey: "sk_test_example", baseUrl: url }).customers.get("id");`,
  "openapi-fetch": `const { default: createClient } = await import("openapi-fetch");
    await createClient({ baseUrl: url })
      .GET("/customers/{customer_id}", { params: { path: { customer_id: "id" } } });`,
};

export const cold: Part = {
  about: "import, construct and first call in a new process",
  async run() {
    const times = await withServer((url) => interleave(programs, 15, (code) => firstCall(code, url)));
    const added = (rounds: number[]) => figure(differences(rounds, times["raw fetch"]), "ms");
    return {
      tables: [
        {
          title: "Cold start",
          note: "A new process each time: from before the import to the end of the first call on loopback. Starting Node isn't included.",
          columns: ["time", "beyond raw fetch"],
          rows: Object.entries(times).map(([name, rounds]) => ({
            name,
            figures: [figure(rounds, "ms"), name === "raw fetch" ? undefined : added(rounds)],
          })),
        },
      ],
      budgets: [
        budget("import + construct + first call, cold, beyond raw fetch", added(times["`OnePay`"]), 15),
      ],
    };
  },
};

async function firstCall(code: string, url: string): Promise<number> {
  const timed = `const url = ${JSON.stringify(url)};
    const start = performance.now();
    ${code}
    process.stdout.write(String(performance.now() - start));
    process.exit();`;
  return Number((await runNode(["--input-type=module", "--eval", timed])).stdout);
}
