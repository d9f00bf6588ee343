// npm run test:mutation: breaks the document in every way it knows and sees whether the contract tests notice.
import { command } from "./cli.js";
import { readDocument } from "./contract/lock.js";
import { progress } from "./contract/progress.js";
import { reasonByMutant } from "./mutation/equivalents.js";
import { mutants } from "./mutation/operators.js";
import { huntAll } from "./mutation/pool.js";
import { percent, type Score, score, table } from "./mutation/score.js";
import { brokenSides, type Side } from "./mutation/sides.js";

const help = `
Usage: npm run test:mutation [-- OPTIONS]

Breaks generated/openapi.json in every way it knows, one at a time, and tries
the locked cases of the contract on each; then breaks the mock and the client's
reading of answers. Exits 1 unless every defect that changes anything is noticed.

  --json   print one JSON object on stdout: the score and each list
  --help   print this
`;

await command(help, { json: { type: "boolean" } } as const, async ({ json }) => {
  const start = performance.now();
  const { length } = mutants(await readDocument());
  const found = score(await huntAll(length, progress("defects of the document", length)), reasonByMutant);
  const sides = await brokenSides();
  const seconds = (performance.now() - start) / 1000;
  const good =
    found.missed.length + found.stale.length === 0 && sides.every(({ unnoticed }) => unnoticed.length === 0);
  if (json) process.stdout.write(`${JSON.stringify({ score: percent(found), ...found, sides, seconds })}\n`);
  else process.stdout.write(`${report(found, sides, seconds)}\n`);
  return good ? 0 : 1;
});

function report(found: Score, sides: Side[], seconds: number): string {
  const { total, noticed, missed, equivalent, stale, judges } = found;
  const list = (title: string, lines: string[]) =>
    lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
  const seen = Object.entries(judges).map(([judge, count]) => `${count} by ${judge}`);
  return [
    table(found),
    ...list(
      "Equivalent, and why:",
      equivalent.map(({ mutant, reason }) => `${mutant}\n    ${reason}`),
    ),
    ...list(
      "Missed: make a case that notices it, or list it with its reason in scripts/mutation/equivalents.ts",
      missed,
    ),
    ...list(
      "Listed as equivalent, but noticed or gone: take it out of scripts/mutation/equivalents.ts",
      stale,
    ),
    ...sides.flatMap(({ name, unnoticed }) => list(`Not noticed in ${name}:`, unnoticed)),
    "",
    `Document: ${total} defects, ${noticed} noticed (${seen.join(", ")}), ${equivalent.length} equivalent, ${missed.length} missed.`,
    ...sides.map(
      ({ name, broken, unnoticed }) => `${name}: ${broken} defects, ${broken - unnoticed.length} noticed.`,
    ),
    `Score: ${percent(found).toFixed(1)} % in ${seconds.toFixed(0)} s.`,
  ].join("\n");
}
