// npm run generate: from the document to the bundle, the types and the client as data.
import { join, resolve } from "node:path";
import { command, root, shown, UserError } from "./cli.js";
import { differing, generate, write } from "./generate/files.js";
import { type Language, languages } from "./generate/language.js";

const help = `
Usage: npm run generate [-- OPTIONS]

Makes generated/ from the document in spec/:
  openapi.json    the one bundle that types, mock, docs and tests read
  schema.ts       its types
  operations.ts   the client as data

  --check          write nothing; exit 1 and name the files that would differ
  --spec FILE      another OpenAPI 3.1 document (default: spec/openapi.yaml)
  --out FOLDER     where to write (default: generated)
  --language LANG  en or es: the language of the bundle's texts (default: en)
  --help           print this
`;

const options = {
  check: { type: "boolean" },
  spec: { type: "string" },
  out: { type: "string" },
  language: { type: "string" },
} as const;

await command(help, options, async ({ check, spec, out, language = "en" }) => {
  if (!languages.includes(language as Language))
    throw new UserError(`--language takes en or es, not "${language}".`);
  const folder = resolve(out ?? join(root, "generated"));
  const { files, left } = await generate(
    resolve(spec ?? join(root, "spec/openapi.yaml")),
    folder,
    language as Language,
  );
  for (const line of left) process.stderr.write(`Left out: ${line}.\n`);
  if (check) return report(await differing(folder, files));
  await write(folder, files);
  process.stdout.write(`${[...files.keys()].map((name) => shown(join(folder, name))).join("\n")}\n`);
  return 0;
});

function report(changed: string[]): number {
  if (changed.length === 0) {
    process.stdout.write("generated/ is what the document makes\n");
    return 0;
  }
  process.stderr.write(
    `${changed.join("\n")}\nnot what the document makes; run \`npm run generate\` and commit the result\n`,
  );
  return 1;
}
