// npm run generate: creates the bundle, the types and the client from the OpenAPI document.
import { join, resolve } from "node:path";
import { command, root, shown, UserError } from "./cli.js";
import { differing, generate, write } from "./generate/files.js";
import { type Language, languages } from "./generate/language.js";

const help = `
Usage: npm run generate [-- OPTIONS]

Generates from the OpenAPI document in spec/:
  openapi.json      the bundle that types, mock, docs and tests read
  schema.ts         the types of the document
  operations.ts     the operations and the interfaces of the client
  public-types.ts   the types that the package exports
  bodies.js         the validators of the request bodies
  schemas.ts        the same with messages, for onepay-client/schemas
  validators.js     the validators of parameters and responses
  responses.ts      the documented responses, for onepay-client/drift
  contract.ts       what the document states about each operation

  --check          write nothing; exit with 1 and print the files that would change
  --spec FILE      another OpenAPI 3.1 document (default: spec/openapi.yaml)
  --out FOLDER     the folder to write to (default: generated)
  --language LANG  language of the texts in the bundle: en or es (default: en)
  --help           print this help
`;

const options = {
  check: { type: "boolean" },
  spec: { type: "string" },
  out: { type: "string" },
  language: { type: "string" },
} as const;

export const main = command(import.meta, help, options, async ({ check, spec, out, language = "en" }) => {
  if (!isLanguage(language)) throw new UserError(`Unknown language "${language}". Pass --language en or es.`);
  const folder = resolve(out ?? join(root, "generated"));
  const file = resolve(spec ?? join(root, "spec/openapi.yaml"));
  const { files, skipped } = await generate(file, folder, language);
  for (const reason of skipped) process.stderr.write(`Skipped: ${reason}\n`);
  if (check) return reportChanges(shown(folder), await differing(folder, files));
  await write(folder, files);
  process.stdout.write(`${[...files.keys()].map((name) => shown(join(folder, name))).join("\n")}\n`);
  return 0;
});

function isLanguage(text: string): text is Language {
  return (languages as readonly string[]).includes(text);
}

function reportChanges(folder: string, changed: string[]): number {
  if (changed.length === 0) {
    process.stdout.write(`${folder}/ is up to date\n`);
    return 0;
  }
  process.stderr.write(`${changed.join("\n")}\nOutdated. Run \`npm run generate\` and commit the result.\n`);
  return 1;
}
