// npm run generate: from the document to the bundle, the types and the client as data.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { command, root, shown, UserError } from "./cli.js";
import { bundle } from "./generate/document.js";
import { type Language, languages } from "./generate/language.js";
import { operations } from "./generate/operations.js";
import { types } from "./generate/types.js";

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

/** Every file that follows from the document, by name. Nothing is written. */
async function generate(
  spec: string,
  folder: string,
  language: Language,
): Promise<{ files: Map<string, string>; left: string[] }> {
  const document = await bundle(spec, language);
  const { text: schema, names } = await types(document);
  const typesModule = relative(folder, join(root, "src/types.js")).replaceAll("\\", "/");
  const { text, left } = operations(
    document,
    names,
    typesModule.startsWith(".") ? typesModule : `./${typesModule}`,
  );
  const files = new Map([
    ["openapi.json", `${JSON.stringify(document, null, 2)}\n`],
    [
      "schema.ts",
      `// Made by \`npm run generate\` from the document in spec/. Do not edit: change the document, then generate.\n${schema}`,
    ],
    ["operations.ts", text],
  ]);
  return { files, left };
}

async function differing(folder: string, files: Map<string, string>): Promise<string[]> {
  const changed: string[] = [];
  for (const [name, text] of files) {
    const path = join(folder, name);
    if ((await readFile(path, "utf8").catch(() => undefined)) !== text) changed.push(shown(path));
  }
  return changed;
}

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

// Aside first, renamed at the end: whoever reads the folder meanwhile, or after a fault, finds the old files whole.
async function write(folder: string, files: Map<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const aside = (name: string) => join(folder, `.${name}.${process.pid}`);
  try {
    for (const [name, text] of files) await writeFile(aside(name), text);
    for (const name of files.keys()) await rename(aside(name), join(folder, name));
  } finally {
    for (const name of files.keys()) await rm(aside(name), { force: true });
  }
}
