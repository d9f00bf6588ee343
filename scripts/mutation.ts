// npm test mutation: breaks the document on purpose, and checks that the contract tests detect it.
import { command, rejectPositionals } from "./cli.js";
import { progress } from "./contract/progress.js";
import { reasonByMutant } from "./mutation/equivalents.js";
import { type MutantGroup, runGroups } from "./mutation/groups.js";
import { mutants } from "./mutation/operators.js";
import { runAllMutants } from "./mutation/pool.js";
import { percent, type Score, score, table } from "./mutation/score.js";
import { readDocument } from "./openapi/load.js";

const help = `
Usage: npm test mutation [-- OPTIONS]

Changes generated/openapi.json in every way it knows, one change (mutant) at a
time, and runs the locked cases of the contract on each. Then it runs mutants of
the mock server and of the client. Exits 1 unless the cases detect every mutant
that isn't equivalent.

  --json   print one JSON object on stdout: the score and each list
  --help   print this
`;

export const main = command(
  import.meta,
  help,
  { json: { type: "boolean" } } as const,
  async ({ json }, positionals) => {
    rejectPositionals(positionals);
    const start = performance.now();
    const { length } = mutants(await readDocument());
    const results = score(await runAllMutants(length, progress("mutants", length)), reasonByMutant);
    const groups = await runGroups();
    const seconds = Math.round((performance.now() - start) / 1000);
    const passed =
      results.undetected.length + results.outdated.length === 0 &&
      groups.every(({ undetected }) => undetected.length === 0);
    if (json)
      process.stdout.write(`${JSON.stringify({ score: percent(results), ...results, groups, seconds })}\n`);
    else process.stdout.write(`${report(results, groups, seconds)}\n`);
    return passed ? 0 : 1;
  },
);

function report(results: Score, groups: MutantGroup[], seconds: number): string {
  const { total, detected, undetected, equivalent, outdated, validators } = results;
  const section = (title: string, lines: string[]) =>
    lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
  const detectedBy = Object.entries(validators).map(([validator, count]) => `${count} by ${validator}`);
  return [
    table(results),
    ...section(
      "Equivalent mutants, with the reason:",
      equivalent.map(({ mutant, reason }) => `${mutant}\n    ${reason}`),
    ),
    ...section(
      "Undetected. Add a case that detects it, or list it in scripts/mutation/equivalents.ts with a reason:",
      undetected,
    ),
    ...section(
      "Listed as equivalent, but detected or no longer there. Remove it from scripts/mutation/equivalents.ts:",
      outdated,
    ),
    ...groups.flatMap(({ name, undetected }) => section(`${name}, undetected:`, undetected)),
    "",
    `Document: ${total} mutants, ${detected} detected (${detectedBy.join(", ")}), ${equivalent.length} equivalent, ${undetected.length} undetected.`,
    ...groups.map(
      ({ name, mutants, undetected }) =>
        `${name}: ${mutants} mutants, ${mutants - undetected.length} detected.`,
    ),
    `Mutation score: ${percent(results).toFixed(1)} % in ${seconds} s.`,
  ].join("\n");
}
