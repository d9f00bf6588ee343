// How the client grows with its document: the package made anew for 1, 12, 100 and 600 operations.
import { cp, mkdir, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../cli.js";
import { operations } from "../generate/operations.js";
import { types } from "../generate/types.js";
import { costOf } from "./compiler.js";
import { documentWith } from "./document.js";
import { node } from "./processes.js";
import { flat, openapiFetch, text } from "./programs.js";
import type { Part, Table } from "./results.js";
import { ours, sizeOf } from "./size.js";
import type { Figure } from "./statistics.js";

const sizes = [1, 12, 100, 600];

export const growth: Part = {
  about: "size and types of the client for documents of 1, 12, 100 and 600 operations",
  async run(tell) {
    const bundles: Table["rows"] = [];
    const checks: Table["rows"] = [];
    for (const count of sizes) {
      const name = count === 1 ? "1 operation" : `${count} operations`;
      const { size, check } = await measured(count, (progress) => tell(`${name}, ${progress}`));
      bundles.push({ name, figures: size });
      checks.push({ name, figures: check });
    }
    return {
      tables: [
        {
          title: "Growth of the bundle",
          note: "The whole package, generated and built for a document of that many operations.",
          columns: ["`OnePay`, minified", "min+gzip", "gzip an operation", "`index.d.ts`"],
          rows: bundles,
        },
        {
          title: "Growth of the types",
          note: "A program with one call, and one with a call of every operation. Instantiations beyond an empty file; processor time of a single run of the compiler each.",
          columns: [
            "`OnePay`, 1 call: instantiations",
            "time",
            "every operation: instantiations",
            "time",
            "openapi-fetch, 1 call: instantiations",
            "time",
            "every operation: instantiations",
            "time",
          ],
          rows: checks,
        },
      ],
      budgets: [],
    };
  },
};

async function measured(count: number, tell: (progress: string) => void) {
  const folder = await mkdtemp(join(tmpdir(), "onepay-bench-"));
  try {
    const document = await documentWith(count);
    tell("building");
    const declarations = await buildWith(document, folder);
    const { minified, gzip } = await sizeOf(ours().flat, folder);
    const file = join(folder, "program.mts");
    const figures: Figure[] = [];
    for (const program of [flat(document), openapiFetch(document, "./generated/schema.js")]) {
      for (const calls of [1, program.calls.length]) {
        tell(`checking ${calls} calls`);
        const { instantiations, ms } = costOf(text(program, calls), file);
        figures.push({ value: instantiations, unit: "" }, { value: ms, unit: "ms" });
      }
    }
    const size: Figure[] = [
      { value: minified, unit: "bytes" },
      { value: gzip, unit: "bytes" },
      { value: gzip / count, unit: "bytes" },
      { value: declarations, unit: "KB" },
    ];
    return { size, check: figures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds our package in `folder` as if the document were ours; gives the size of its declarations in KB. */
async function buildWith(
  document: Awaited<ReturnType<typeof documentWith>>,
  folder: string,
): Promise<number> {
  const generated = join(folder, "generated");
  await mkdir(generated);
  const { text: schema, names } = types(document);
  await writeFile(join(generated, "openapi.json"), JSON.stringify(document));
  await writeFile(join(generated, "schema.ts"), schema);
  const { text: client, publicTypes } = operations(document, names, "../src/types.js");
  await writeFile(join(generated, "operations.ts"), client);
  await writeFile(join(generated, "public-types.ts"), publicTypes);
  for (const part of ["src", "package.json", "tsconfig.json", "tsdown.config.ts"]) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await node([join(root, "node_modules/tsdown/dist/run.mjs"), "--log-level", "warn"], { cwd: folder });
  const { size } = await stat(join(folder, "dist/index.d.ts"));
  return size / 1024;
}
