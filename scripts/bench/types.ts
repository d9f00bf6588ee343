// What a program costs its author's compiler and editor.
import { join } from "node:path";
import { root } from "../cli.js";
import { type Cost, costOf } from "./compiler.js";
import { readDocument } from "./document.js";
import { installPeers, peersFolder } from "./peers.js";
import * as programs from "./programs.js";
import type { Part } from "./results.js";
import { type Figure, figure, interleaved } from "./statistics.js";

/** The budget of the flat door: instantiations, however many calls there are. */
export const instantiationLimit = 100;

const rounds = 5;
const schema = join(root, "generated/schema.ts").replace(/\.ts$/, ".js");

export const types: Part = {
  about: "what the compiler does for one call, for a call of every operation, and for forty calls",
  async run(tell) {
    await installPeers();
    const document = await readDocument();
    const here = join(root, "program.mts");
    const there = join(peersFolder, "program.mts");
    const subjects = new Map<string, [programs.Program, string]>([
      ["onepay-client: `OnePay`", [programs.flat(document), here]],
      ["onepay-client: `createFetchClient`", [programs.fetchClient(document), here]],
      ["openapi-fetch", [programs.openapiFetch(document, schema), here]],
      ["ky, answers typed by hand", [programs.ky(document, schema), there]],
      ["axios, answers typed by hand", [programs.axios(document, schema), there]],
      ["dodopayments", [programs.dodopayments, there]],
    ]);
    const flat = subjects.get("onepay-client: `OnePay`") as [programs.Program, string];
    const counts = [1, flat[0].calls.length, 40];
    const instantiations = new Map<string, number[]>();
    const runs = new Map<string, () => Promise<number>>();
    for (const [name, [program, file]] of subjects) {
      const measured = counts.map((count): Cost => costOf(programs.text(program, count), file));
      instantiations.set(
        name,
        measured.map((cost) => cost.instantiations),
      );
      for (const count of counts) {
        runs.set(`${name} ${count}`, async () => costOf(programs.text(program, count), file).ms);
      }
    }
    const times = await interleaved(runs, rounds, tell);
    const [one = 0, , forty = 0] = instantiations.get("onepay-client: `OnePay`") ?? [];
    return {
      tables: [
        {
          title: "Types",
          note: "Instantiations are the compiler's own count beyond an empty file; time is the processor's, from reading the client's declarations to the end of the check, the platform's own declarations left out.",
          columns: counts.flatMap((count) => {
            const calls = count === 1 ? "1 call" : `${count} calls`;
            return [`${calls}: instantiations`, "time"];
          }),
          rows: [...subjects.keys()].map((name) => ({
            name,
            figures: counts.flatMap((count, index): Figure[] => [
              { value: instantiations.get(name)?.[index] ?? Number.NaN, unit: "" },
              figure(times.get(`${name} ${count}`) ?? [], "ms"),
            ]),
          })),
        },
      ],
      budgets: [
        {
          what: "a flat call's type instantiations, beyond an empty file",
          limit: `≤ ${instantiationLimit}`,
          measured: `${one}`,
          holds: one <= instantiationLimit,
        },
        {
          what: "forty flat calls' type instantiations, beyond an empty file",
          limit: `≤ ${instantiationLimit}`,
          measured: `${forty}`,
          holds: forty <= instantiationLimit,
          reason:
            "the calls themselves cost none. Awaiting costs some for each other type of answer, since a promise that can do more than the platform's (`withResponse`) is looked into; so a program's cost is that of the types it awaits, not of its calls.",
        },
      ],
    };
  },
};
