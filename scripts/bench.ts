// `npm run bench`: what the client costs, compared with raw fetch and openapi-fetch.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cost, loopback } from "./bench/calls.js";
import { cold } from "./bench/cold.js";
import { emulator } from "./bench/emulator.js";
import { growth } from "./bench/growth.js";
import { introduction, measure, type Part } from "./bench/report.js";
import { size } from "./bench/size.js";
import { soak } from "./bench/soak.js";
import { types } from "./bench/types.js";
import { buildPackage } from "./build/package.js";
import { command, root, shown, UserError } from "./cli.js";

const parts: Record<string, Part> = { cost, loopback, cold, size, types, growth, emulator, soak };
const resultsFile = join(root, "scripts/bench/RESULTS.md");

const help = `
Usage: npm run bench [-- PART… OPTIONS]

Measures the built package next to raw fetch and openapi-fetch, and checks the
budgets. Without PART, all parts run except those marked "on demand":

${Object.entries(parts)
  .map(([name, { about, onDemand }]) => `  ${name.padEnd(10)}${about}${onDemand ? " (on demand)" : ""}`)
  .join("\n")}

  --calls N   number of calls of the soak (default: 100000)
  --write     run all parts and write the results to scripts/bench/RESULTS.md
  --help      print this help

Exits with 0 even if a budget isn't met: times depend on the machine.
`;

const options = { calls: { type: "string" }, write: { type: "boolean" } } as const;

export const main = command(
  import.meta,
  help,
  options,
  async ({ calls = "100000", write = false }, names) => {
    const callCount = Number(calls);
    if (!Number.isSafeInteger(callCount) || callCount < 1)
      throw new UserError(`--calls must be a whole number from 1, not "${calls}".`);
    if (write && names.length > 0)
      throw new UserError("--write runs all parts. Leave out the names of parts.");
    const selected = selectParts(names, write);
    await buildPackage();
    const sections: string[] = [];
    for (const [name, part] of selected) {
      process.stderr.write(`Measuring ${name}…\n`);
      const section = await measure(name, part, { calls: callCount });
      process.stdout.write(`${section}\n\n`);
      sections.push(section);
    }
    if (write) {
      await writeFile(resultsFile, `${[introduction, ...sections].join("\n\n")}\n`);
      process.stdout.write(`${shown(resultsFile)}\n`);
    }
    return 0;
  },
);

function selectParts(names: string[], all: boolean): [string, Part][] {
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0)
    throw new UserError(
      `Unknown part: ${unknown.join(", ")}. The parts are: ${Object.keys(parts).join(", ")}.`,
    );
  return Object.entries(parts).filter(([name, { onDemand }]) =>
    names.length > 0 ? names.includes(name) : all || !onDemand,
  );
}
