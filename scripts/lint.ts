// npm run lint: checks the specification, and the prose of the whole project.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { command, root, shown, UserError } from "./cli.js";
import { commentFindings } from "./lint/comments.js";
import { proseFindings } from "./lint/prose.js";
import { type Finding, findingLine, findings } from "./redocly.js";

const help = `
Usage: npm run lint [-- FILE] [--json]

Without FILE, checks
  - the specification (spec/openapi.yaml) against the rules of redocly.yaml,
  - the workflow of spec/workflows (Arazzo),
  - Markdown files and the specification's descriptions with Redocly's recheck,
  - comments and test names against the glossary rules of redocly.yaml.
With FILE, checks only that OpenAPI document against the rules of redocly.yaml.

Prints one line per finding: file, line, rule, and what to do. Exits with 1 if
there's a finding.

  --json   print the findings as JSON
  --help   print this help
`;

export const main = command(import.meta, help, { json: { type: "boolean" } }, async ({ json }, [file]) => {
  const found = file === undefined ? await projectFindings() : await documentFindings(file);
  if (json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else process.stdout.write(report(found, file ?? "the project"));
  return found.length > 0 ? 1 : 0;
});

async function projectFindings(): Promise<Finding[]> {
  const all = await Promise.all([
    findings(join(root, "spec/openapi.yaml")),
    findings(join(root, "spec/workflows/customers.arazzo.yaml")),
    proseFindings(),
    commentFindings(),
  ]);
  return all.flat();
}

async function documentFindings(file: string): Promise<Finding[]> {
  const document = resolve(file);
  if (!existsSync(document))
    throw new UserError(`File not found: ${shown(document)}. Pass the OpenAPI document to check.`);
  return findings(document);
}

function report(found: Finding[], subject: string): string {
  if (found.length === 0) return `No findings in ${subject}.\n`;
  const count = found.length === 1 ? "1 finding" : `${found.length} findings`;
  return `${found.map(findingLine).join("\n")}\n\n${count} in ${subject}.\n`;
}
