// Prose of Markdown files and of the specification's descriptions, checked by Redocly's recheck.
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { root, shown } from "../cli.js";
import { type Finding, redoclyJson } from "../redocly.js";

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
  const args = ["recheck", "--format", "json", "--max-problems", "10000", ...checked];
  const { json, message } = await redoclyJson<{ issues: Issue[] }>(args, root);
  if (!json) throw new Error(`Redocly's recheck failed:\n${message}`);
  return json.issues.map(findingOf);
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
