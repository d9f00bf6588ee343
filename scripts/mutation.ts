// npm test mutation: breaks the document, the mock server and the client on purpose, and checks that the contract tests detect it.
import { command, rejectPositionals } from "./cli.js";
import { runClientMutants } from "./mutation/client.js";
import { reasonByMutant } from "./mutation/equivalents.js";
import { runMockMutants } from "./mutation/mock.js";
import { mutants } from "./mutation/operators.js";
import { runAllMutants } from "./mutation/pool.js";
import { type MutantGroup, percent, type Score, score, table } from "./mutation/score.js";
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

const options = { json: { type: "boolean" } } as const;

export const main = command(import.meta, help, options, async ({ json }, positionals) => {
  rejectPositionals(positionals);
  const start = performance.now();
  const { length: total } = mutants(await readDocument());
  const quarter = Math.ceil(total / 4);
  const results = await runAllMutants(total, (done) => {
    if (done === total || done % quarter === 0) process.stderr.write(`${done} of ${total} mutants\n`);
  });
  const found = score(results, reasonByMutant);
  const groups = [await runMockMutants(), await runClientMutants()];
  const seconds = Math.round((performance.now() - start) / 1000);
  const problems = [...found.undetected, ...found.outdated, ...groups.flatMap((group) => group.undetected)];
  const text = json
    ? JSON.stringify({ score: percent(found), ...found, groups, seconds })
    : report(found, groups, seconds);
  process.stdout.write(`${text}\n`);
  return problems.length === 0 ? 0 : 1;
});

function report(results: Score, groups: MutantGroup[], seconds: number): string {
  const { total, detected, undetected, equivalent, outdated, validators } = results;
  const detectedBy = Object.entries(validators).map(([validator, count]) => `${count} by ${validator}`);
  const sections: [title: string, lines: string[]][] = [
    [
      "Equivalent mutants, with the reason:",
      equivalent.map(({ mutant, reason }) => `${mutant}\n    ${reason}`),
    ],
    [
      "Undetected. Add a case that detects it, or list it in scripts/mutation/equivalents.ts with a reason:",
      undetected,
    ],
    [
      "Listed as equivalent, but detected or no longer there. Remove it from scripts/mutation/equivalents.ts:",
      outdated,
    ],
    ...groups.map((group): [string, string[]] => [`${group.name}, undetected:`, group.undetected]),
  ];
  return [
    table(results),
    ...sections.flatMap(([title, lines]) =>
      lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)],
    ),
    "",
    `Document: ${total} mutants, ${detected} detected (${detectedBy.join(", ")}), ${equivalent.length} equivalent, ${undetected.length} undetected.`,
    ...groups.map(
      (group) =>
        `${group.name}: ${group.mutants} mutants, ${group.mutants - group.undetected.length} detected.`,
    ),
    `Mutation score: ${percent(results).toFixed(1)} % in ${seconds} s.`,
  ].join("\n");
}
