// How generating, size and types grow with the document: 1, 12, 100 and 600 operations.
import { cp, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../cli.js";
import { redocly } from "../redocly.js";
import { withTempFolder } from "../temp.js";
import { documentWith } from "./document.js";
import { runNode } from "./processes.js";
import { fetchClientProgram, type Operations, onePayProgram, programText } from "./programs.js";
import { budget, type Part } from "./report.js";
import { importsFrom, sizeOf } from "./size.js";
import { type Figure, figure, interleave, ratios } from "./statistics.js";
import { instantiations } from "./types.js";

const counts = [1, 12, 100, 600];

export const growth: Part = {
  about: "generating, size and types for documents of 1, 12, 100 and 600 operations",
  async run() {
    const rows: { name: string; figures: Figure[] }[] = [];
    for (const count of counts) {
      const figures = await withTempFolder("bench", (folder) => measure(count, folder));
      rows.push({ name: count === 1 ? "1 operation" : `${count} operations`, figures });
    }
    const [, twelve, , sixHundred] = rows;
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
        budget("generate for 12 operations", twelve?.figures[0] as Figure, 2000),
        budget("generate for 600 operations", sixHundred?.figures[2] as Figure, 1.3, "openapi-typescript"),
      ],
    };
  },
};

/** The figures of one row: the package in `folder`, as if a document with `count` operations were ours. */
async function measure(count: number, folder: string): Promise<Figure[]> {
  for (const part of ["src", "package.json", "tsconfig.json", "tsdown.config.ts"])
    await cp(join(root, part), join(folder, part), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const document = await documentWith(count);
  const file = join(folder, "document.json");
  await writeFile(file, JSON.stringify(document));
  // A document has only the components that it uses.
  const { code, stderr } = await redocly(["bundle", file, "--remove-unused-components", "--output", file]);
  if (code !== 0) throw new Error(stderr);

  const times = await interleave({ generate, typesOnly }, 5, (run) => run(folder));
  await runNode([join(root, "node_modules/tsdown/dist/run.mjs"), "--log-level", "silent"], folder);
  const { size } = await stat(join(folder, "dist/index.d.ts"));
  const generated = await import(pathToFileURL(join(folder, "generated/operations.ts")).href);
  const operations: Operations = generated.operations;
  return [
    figure(times.generate, "ms"),
    figure(times.typesOnly, "ms"),
    figure(ratios(times.generate, times.typesOnly), "×"),
    { value: await sizeOf(importsFrom().onePay, folder), unit: "bytes" },
    { value: size / 1024, unit: "KB" },
    instantiations(programText(onePayProgram(operations, document)), folder),
    instantiations(programText(fetchClientProgram(operations, document)), folder),
  ];
}

async function generate(folder: string): Promise<number> {
  const files = ["--spec", join(folder, "document.json"), "--out", join(folder, "generated")];
  return (await runNode(["--import", "tsx", join(root, "scripts/generate.ts"), ...files])).ms;
}

/** The options that generate uses. It runs in a folder without a redocly.yaml, which openapi-typescript would read. */
async function typesOnly(folder: string): Promise<number> {
  const program = join(root, "node_modules/openapi-typescript/bin/cli.js");
  const files = [join(folder, "document.json"), "--output", join(folder, "types-only.ts")];
  const options = ["--root-types", "--root-types-no-schema-prefix", "--default-non-nullable=false"];
  return (await runNode([program, ...files, ...options], folder)).ms;
}
