// npm run bench: what the client costs, beside what people would use instead.
import { writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { resolve } from "node:path";
import { cold } from "./bench/cold.js";
import { cost } from "./bench/cost.js";
import { generate } from "./bench/generate.js";
import { growth } from "./bench/growth.js";
import { loopback } from "./bench/loopback.js";
import { budgets, type Results, readResults, resultsFile, tables, writeResults } from "./bench/report.js";
import type { Part } from "./bench/results.js";
import { size } from "./bench/size.js";
import { soak } from "./bench/soak.js";
import { types } from "./bench/types.js";
import { versions } from "./bench/versions.js";
import { buildPackage } from "./build/package.js";
import { command, shown, UserError } from "./cli.js";

const parts: Record<string, Part> = { cost, loopback, cold, size, types, growth, generate, soak };

const help = `
Usage: npm run bench [-- PART… OPTIONS]

Measures the built package beside raw fetch, openapi-fetch and other clients, and checks the budgets.
Without a PART all run, save those that say otherwise:

${Object.entries(parts)
  .map(([name, { about, onDemand }]) => `  ${name.padEnd(12)}${about}${onDemand ? " (only when named)" : ""}`)
  .join("\n")}

  --json FILE   write the figures to FILE as well
  --write       keep the figures in scripts/bench/RESULTS.md; parts that did not run stay there as they were
  --help        print this

A budget that does not hold is reported and does not fail the command: times are no gate.
`;

const options = { json: { type: "string" }, write: { type: "boolean" } } as const;

let told = Date.now();

await command(help, options, async ({ json, write }, positionals) => {
  const results: Results = {};
  const wanted = chosen(positionals);
  tell("building the package");
  await buildPackage();
  for (const [name, part] of wanted) results[name] = await measure(name, part);
  process.stdout.write(`### Budgets\n\n${budgets(results)}\n`);
  if (json) await writeFile(resolve(json), `${JSON.stringify(results, null, 2)}\n`);
  if (write) {
    const kept = { ...(await readResults()), ...results };
    // In the order in which the parts stand here, whichever ran last.
    await writeResults(
      Object.fromEntries(Object.keys(parts).flatMap((name) => (kept[name] ? [[name, kept[name]]] : []))),
    );
    process.stdout.write(`\n${shown(resultsFile)}\n`);
  }
  return 0;
});

function chosen(names: string[]): [string, Part][] {
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    throw new UserError(
      `There is no part ${unknown.join(", ")}. The parts are: ${Object.keys(parts).join(", ")}.`,
    );
  }
  return Object.entries(parts).filter(([name, part]) =>
    names.length > 0 ? names.includes(name) : !part.onDemand,
  );
}

async function measure(name: string, part: Part): Promise<Results[string]> {
  const start = performance.now();
  const conditions = {
    at: new Date().toISOString(),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${process.platform} ${process.arch}`,
    versions: await versions(),
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
  const findings = await part.run((progress) => tell(`${name}: ${progress}`));
  tell("");
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const budgets = findings.budgets.map((budget) => ({ reason: busy(conditions.load), ...budget }));
  const result = { ...conditions, ...findings, budgets };
  process.stdout.write(
    `${tables({ [name]: result })}\n\n(${name}: ${seconds} s, load ${conditions.load})\n\n`,
  );
  return result;
}

function busy(load: number): string {
  if (load <= 1) return "not explained yet.";
  return `nothing is known yet but that the machine was busy (load ${load} on ${cpus().length} cores); measure again on a quiet one.`;
}

// On a terminal progress stands on one line that is written over; elsewhere a line now and then says that it goes on.
function tell(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progress}`);
  else if (progress && Date.now() - told > 20_000) {
    told = Date.now();
    process.stderr.write(`${progress}\n`);
  }
}
