// RESULTS.md and results.json: the same figures, one for people and one for programs.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli.js";
import { run } from "./processes.js";
import { type Budget, markdownTable, type Result } from "./results.js";

export const resultsFile = join(root, "scripts/bench/RESULTS.md");
const dataFile = join(root, "scripts/bench/results.json");

export type Results = Record<string, Result>;

export async function readResults(): Promise<Results> {
  const text = await readFile(dataFile, "utf8").catch(() => "{}");
  return JSON.parse(text) as Results;
}

export async function writeResults(results: Results): Promise<void> {
  await writeFile(dataFile, `${JSON.stringify(results, null, 2)}\n`);
  // As the rest of the repository is formatted: a committed file must pass its checks.
  await run("npx", ["biome", "format", "--write", dataFile]);
  await writeFile(resultsFile, page(results));
}

/** The tables of some results, as text. */
export function tables(results: Results): string {
  return Object.values(results)
    .flatMap((result) => result.tables)
    .map((table) => [`### ${table.title}`, table.note, markdownTable(table)].filter(Boolean).join("\n\n"))
    .join("\n\n");
}

/** Each budget with its figure, and whether it holds; those that do not are explained below the table. */
export function budgets(results: Results): string {
  const all = Object.values(results).flatMap((result) => result.budgets);
  if (all.length === 0) return "No budget rests on this.";
  const rows = all.map((budget) => ({
    name: budget.what,
    figures: [budget.limit, budget.measured, budget.holds ? "holds" : "**does not hold**"],
  }));
  const table = markdownTable({ columns: ["budget", "measured", ""], rows });
  return [table, ...all.filter(({ holds }) => !holds).map(reason)].join("\n\n");
}

const reason = ({ what, reason: why = "not explained yet." }: Budget): string =>
  `${what} does not hold: ${why}`;

function page(results: Results): string {
  const newest = Object.values(results).reduce((one, other) => (one.at > other.at ? one : other));
  const sections = Object.entries(results).map(([name, result]) =>
    [`## ${name}`, measured(result, newest), tables({ [name]: result })].join("\n\n"),
  );
  return `${[
    "# What the client costs",
    "Written by `npm run bench -- --write`; the same figures as data are in `results.json`. Times belong to the machine they were taken on: compare them only within a table, where all subjects took turns in one run. Medians; ± is half the distance between the quartiles. Sizes and counts of types do not depend on the machine.",
    `Machine: ${newest.machine}. Versions: ${shownVersions(newest)}.`,
    "## Budgets",
    budgets(results),
    ...sections,
  ].join("\n\n")}\n`;
}

function measured(result: Result, newest: Result): string {
  const other =
    result.machine === newest.machine && shownVersions(result) === shownVersions(newest)
      ? ""
      : `, on ${result.machine} with ${shownVersions(result)}`;
  return `Measured ${result.at.slice(0, 10)}${other}; load of the machine when it began: ${result.load} (1 is one busy core).`;
}

const shownVersions = ({ versions }: Result): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
