// npm run lint: holds an OpenAPI document against the rules of redocly.yaml.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { command, root, shown, UserError } from "./cli.js";
import { findingLine, findings } from "./redocly.js";

const help = `
Usage: npm run lint [-- FILE] [--json]

Checks an OpenAPI document (spec/openapi.yaml unless told otherwise) against the
rules of redocly.yaml. Prints a line for each finding: file, line, rule, and what
to do. Exits 1 when there is any.

  --json   print the findings as JSON on stdout
  --help   print this
`;

await command(help, { json: { type: "boolean" } }, async ({ json }, [file]) => {
  const document = resolve(file ?? join(root, "spec/openapi.yaml"));
  if (!existsSync(document))
    throw new UserError(`There is no file ${shown(document)}. Name the OpenAPI document to check.`);
  const found = await findings(document);
  if (json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.length === 0) process.stdout.write(`${shown(document)}: no findings\n`);
  else
    process.stdout.write(
      `${found.map(findingLine).join("\n")}\n\n${found.length} finding${found.length === 1 ? "" : "s"} in ${shown(document)}\n`,
    );
  return found.length > 0 ? 1 : 0;
});
