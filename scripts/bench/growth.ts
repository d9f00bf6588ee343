// How generating, size and types grow with the document: 1, 12, 100 and 600 operations.
import { cp, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../cli.js";
import type { Document } from "../openapi/document.js";
import { redocly } from "../redocly.js";
import { instantiationsOf } from "./compiler.js";
import { documentWith } from "./document.js";
import { printProgress, runNode } from "./processes.js";
import { fetchClientProgram, type Operations, onePayProgram, programText } from "./programs.js";
import { budget, type Part } from "./report.js";
import { importsFrom, sizeOf } from "./size.js";
import { type Figure, figure, interleave, ratios } from "./statistics.js";

const counts = [1, 12, 100, 600];
const rounds = 5;

export const growth: Part = {
  about: "generating, size and types for documents of 1, 12, 100 and 600 operations",
  async run() {
    const folder = await mkdtemp(join(tmpdir(), "onepay-bench-"));
    try {
      const rows: { name: string; figures: Figure[] }[] = [];
      for (const count of counts) {
        const name = count === 1 ? "1 operation" : `${count} operations`;
        rows.push({ name, figures: await measure(count, join(folder, String(count))) });
      }
      return {
        tables: [
          {
            title: "Growth",
            note: "The package, generated and built for a document with that many operations. Times are of whole processes; openapi-typescript generates only the types. Instantiations are of a program with one call per operation.",
            columns: [
              ...["generate", "openapi-typescript", "ratio", "`OnePay`, min+gzip", "`index.d.ts`"],
              ...["`OnePay`: instantiations", "`createFetchClient`: instantiations"],
            ],
            rows,
          },
        ],
        budgets: [
          budget("generate for 12 operations", rows[1]?.figures[0] as Figure, 2000),
          budget(
            `generate for ${counts.at(-1)} operations`,
            rows.at(-1)?.figures[2] as Figure,
            1.3,
            "openapi-typescript",
          ),
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** The figures of one row: the package in `folder`, as if a document with `count` operations were ours. */
async function measure(count: number, folder: string): Promise<Figure[]> {
  await cp(join(root, "src"), join(folder, "src"), { recursive: true });
  for (const file of ["package.json", "tsconfig.json", "tsdown.config.ts"])
    await cp(join(root, file), join(folder, file));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const document = await writeDocument(count, join(folder, "document.json"));
  const times = await interleave(
    { ours: () => generate(folder), typesOnly: () => generateTypesOnly(folder) },
    rounds,
    (progress) => printProgress(`${count} operations: ${progress}`),
  );
  await runNode([join(root, "node_modules/tsdown/dist/run.mjs"), "--log-level", "silent"], { cwd: folder });
  const { size } = await stat(join(folder, "dist/index.d.ts"));
  const gzip = await sizeOf(importsFrom().onePay, folder);
  const generated = await import(pathToFileURL(join(folder, "generated/operations.ts")).href);
  const operations: Operations = generated.operations;
  const programs = [onePayProgram(operations, document), fetchClientProgram(operations, document)];
  return [
    figure(times.ours, "ms"),
    figure(times.typesOnly, "ms"),
    figure(ratios(times.ours, times.typesOnly), "×"),
    { value: gzip, unit: "bytes" },
    { value: size / 1024, unit: "KB" },
    ...programs.map((program): Figure => {
      return { value: instantiationsOf(programText(program), join(folder, "program.mts")), unit: "" };
    }),
  ];
}

async function writeDocument(count: number, file: string): Promise<Document> {
  const document = await documentWith(count);
  await writeFile(file, JSON.stringify(document));
  // A document has only the components that it uses.
  const { code, stderr } = await redocly(["bundle", file, "--remove-unused-components", "--output", file]);
  if (code !== 0) throw new Error(stderr);
  return document;
}

const generate = async (folder: string): Promise<number> => {
  const files = ["--spec", join(folder, "document.json"), "--out", join(folder, "generated")];
  return (await runNode(["--import", "tsx", join(root, "scripts/generate.ts"), ...files])).ms;
};

/** The options that generate uses. It runs in a folder without a redocly.yaml, which openapi-typescript would read. */
const generateTypesOnly = async (folder: string): Promise<number> => {
  const program = join(root, "node_modules/openapi-typescript/bin/cli.js");
  const files = [join(folder, "document.json"), "--output", join(folder, "types-only.ts")];
  const options = ["--root-types", "--root-types-no-schema-prefix", "--default-non-nullable=false"];
  return (await runNode([program, ...files, ...options], { cwd: folder })).ms;
};
