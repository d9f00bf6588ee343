// Prose of Markdown files and of the specification's descriptions, checked by Redocly's recheck.
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { root, shown } from "../cli.js";
import { type Finding, redocly } from "../redocly.js";

interface Issue {
  file: string;
  line: number;
  column: number;
  ruleName: string;
  message: string;
}

/** What recheck reports for the Markdown files at the root, the guides and the descriptions, or for `paths`. */
export async function proseFindings(paths?: string[]): Promise<Finding[]> {
  const checked = paths ?? [...(await rootMarkdown()), "spec/guides", "spec/openapi.yaml"];
  // recheck reads redocly.yaml from the folder it runs in, so it has to run at the root.
  const run = await redocly(["recheck", "--format", "json", "--max-problems", "10000", ...checked], root);
  const json = run.stdout.slice(run.stdout.indexOf("{"));
  if (!json.startsWith("{")) throw new Error(`Redocly's recheck failed:\n${run.stderr || run.stdout}`);
  const { issues } = JSON.parse(json) as { issues: Issue[] };
  return issues.map(findingOf);
}

const rootMarkdown = async (): Promise<string[]> =>
  (await readdir(root)).filter((name) => name.endsWith(".md")).map((name) => join(root, name));

// Suggestions count as errors here: a rule that doesn't fit this project is switched off in redocly.yaml, with the reason.
const findingOf = ({ file, line, column, ruleName, message }: Issue): Finding => ({
  file: shown(resolve(root, file)),
  line,
  column,
  rule: ruleName,
  severity: "error",
  message,
});
