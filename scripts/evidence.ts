// npm run evidence: the basis of each statement, and what recorded traffic shows about it.
import { join, resolve } from "node:path";
import { command, rejectPositionals, root, shown, UserError } from "./cli.js";
import { compare } from "./evidence/compare.js";
import { countEvidence, evidenceText } from "./evidence/count.js";
import { type Recording, readRecording } from "./evidence/recording.js";
import { comparisonJson, comparisonText } from "./evidence/report.js";
import { operationsWithoutSample, samplesText } from "./evidence/samples.js";
import { openSpec, type Spec } from "./evidence/spec.js";
import type { StatementReport } from "./evidence/statements.js";
import { confirmedAssumptions, writeObserved } from "./evidence/write.js";
import { bundle } from "./generate/document.js";
import { type Language, languages } from "./generate/language.js";

const help = `
Usage: npm run evidence [-- --language es] [--json]
       npm run evidence -- --from FILE [--from FILE …] [--server URL | --write] [--json]

Prints a table of how many statements (fields, parameters, responses, constraints)
of each operation have which basis, the assumed statements with their reasons, and
the operations without a published sample in test/contract/published.

  documented  a page of OnePay's documentation shows it
  observed    at least one public integration uses it, or a recording shows it
  assumed     no source shows it; it's our choice

With --from, it compares recorded traffic with the specification. For each
statement it prints how many exchanges show it, or what contradicts it. It never
prints a value, only its type and its position. Nothing is sent anywhere.

A query parameter is seen if the response repeats its value, and a constraint if
the server rejects a request that breaks nothing else.

  --from FILE       HAR (of a browser, of redocly proxy, of npm run observe), or
                    drift events of onepay-client/drift as JSON lines
  --server URL      the recordings are of a stand-in at this URL
  --write           make confirmed assumptions observed, in the files of spec/
  --json            print JSON on stdout (run it as npm run --silent evidence)
  --language en|es  the language of the reasons (default: en)
  --help            print this
`;

const options = {
  from: { type: "string", multiple: true },
  server: { type: "string" },
  write: { type: "boolean" },
  json: { type: "boolean" },
  language: { type: "string", default: "en" },
} as const;

export const main = command(import.meta, help, options, async (values, positionals) => {
  const { from, server, write, json, language } = values;
  if (!from) {
    rejectPositionals(positionals);
    if (server !== undefined || write) throw new UserError("--server and --write need --from FILE.");
    await printBases(language, json);
    return 0;
  }
  if (write && server !== undefined)
    throw new UserError("--write needs recordings of the real API. Leave out --server.");
  if (server !== undefined && !URL.canParse(server))
    throw new UserError(`--server is "${server}". Pass a URL, such as http://127.0.0.1:4010.`);
  const spec = openSpec();
  const servers = server === undefined ? spec.servers : [server.replace(/\/+$/, "")];
  // `--from a.har b.har` is as good as `--from a.har --from b.har`.
  const files = [...from, ...positionals].map((file) => resolve(file));
  const recordings = await Promise.all(files.map((file) => readRecording(file, servers)));
  const comparison = compare(spec, recordings, servers);
  process.stdout.write(json ? jsonText(comparisonJson(comparison)) : comparisonText(comparison));
  if (write) await writeConfirmed(spec, recordings, comparison.statements);
  return 0;
});

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

async function printBases(language: string, json = false): Promise<void> {
  if (!languages.includes(language as Language))
    throw new UserError(`--language ${language} isn't available. Use ${languages.join(" or ")}.`);
  const document = await bundle(join(root, "spec/openapi.yaml"), language as Language);
  const evidence = countEvidence(document);
  const withoutSample = await operationsWithoutSample(document);
  const text = `${evidenceText(evidence)}\n${samplesText(withoutSample)}`;
  process.stdout.write(json ? jsonText({ ...evidence, withoutSample }) : text);
}

/** Makes confirmed assumptions observed, and prints the files that changed. */
export async function writeConfirmed(
  spec: Spec,
  recordings: Recording[],
  statements: StatementReport[],
): Promise<void> {
  if (recordings.some(({ events }) => events.length > 0))
    throw new UserError("--write needs HAR files: a drift event doesn't show which server it is about.");
  const confirmed = confirmedAssumptions(statements);
  if (confirmed.length === 0) {
    process.stderr.write("The recordings confirm no assumption. Nothing was written.\n");
    return;
  }
  const dates = recordings.flatMap(({ exchanges }) => exchanges.map(({ started }) => started.slice(0, 10)));
  const [recordedOn = ""] = dates.sort();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(recordedOn))
    throw new UserError(
      "The recording has no date (startedDateTime), so it can't be cited. Record it again.",
    );
  const { source, files } = await writeObserved(spec, confirmed, recordedOn);
  process.stderr.write(`Observed now, with the source ${source}: ${confirmed.length} statements.
${files.map((file) => `  ${shown(file)}`).join("\n")}
Review the diff, then run npm run generate.
`);
}
