// How long `generate` takes and what it needs, beside the step in it that any other tool chain has as well.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../cli.js";
import { documentWith } from "./document.js";
import { node, peakMemory, run } from "./processes.js";
import type { Part, Table } from "./results.js";
import { shownFigure } from "./results.js";
import { each, type Figure, figure, interleaved } from "./statistics.js";

const sizes = [1, 12, 100, 600];
const rounds = 5;

export const generate: Part = {
  about: "time and memory of `npm run generate`, beside openapi-typescript alone",
  async run(tell) {
    const folder = await mkdtemp(join(tmpdir(), "onepay-bench-"));
    try {
      const ours = figure(await timesOfOurs(folder, tell), "ms");
      const rows: Table["rows"] = [];
      const ratios = new Map<number, Figure>();
      for (const size of sizes) {
        const row = await compared(size, folder, (progress) => tell(`${size} operations, ${progress}`));
        ratios.set(size, row.ratio);
        rows.push({ name: size === 1 ? "1 operation" : `${size} operations`, figures: row.figures });
      }
      const largest = sizes.at(-1) ?? 0;
      const ratio = ratios.get(largest) as Figure;
      return {
        tables: [
          {
            title: "Generating",
            note: `Whole programs, started anew each time. openapi-typescript alone makes only the types; generate also lints the document, bundles it and makes the client. Memory: the largest process, and all of the program's processes added up. \`npm run generate\` on our own document, npm included: ${shownFigure(ours)}.`,
            columns: [
              "generate",
              "openapi-typescript",
              "ratio",
              "memory",
              "(all)",
              "openapi-typescript",
              "(all)",
            ],
            rows,
          },
        ],
        budgets: [
          {
            what: "`npm run generate` on this document",
            limit: "≤ 2 s",
            measured: shownFigure(ours),
            holds: ours.value <= 2000,
          },
          {
            what: `generate on a ${largest}-operation document`,
            limit: "≤ 1.3 × openapi-typescript alone",
            measured: shownFigure(ratio),
            holds: ratio.value <= 1.3,
            reason:
              "generate reads the document in one process while it loads the compiler in another, so it needs two free cores where openapi-typescript needs one; what else runs on the machine (see the load) slows it more.",
          },
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function timesOfOurs(folder: string, tell: (progress: string) => void): Promise<number[]> {
  const times = await interleaved(
    new Map([
      [
        "ours",
        async () =>
          (await run("npm", ["run", "--silent", "generate", "--", "--out", join(folder, "ours")])).ms,
      ],
    ]),
    rounds,
    (progress) => tell(`our document, ${progress}`),
  );
  return times.get("ours") ?? [];
}

async function compared(size: number, folder: string, tell: (progress: string) => void) {
  const document = join(folder, `${size}.json`);
  await writeFile(document, JSON.stringify(await documentWith(size), null, 2));
  const out = join(folder, `${size}`);
  const generating = ["--import", "tsx", join(root, "scripts/generate.ts"), "--spec", document, "--out", out];
  // The same options as generate gives it. Run where no redocly.yaml is, which it would read and stumble over.
  const typing = [
    join(root, "node_modules/openapi-typescript/bin/cli.js"),
    document,
    "--output",
    `${out}.ts`,
    "--root-types",
    "--root-types-no-schema-prefix",
    "--default-non-nullable=false",
  ];
  const series = await interleaved(
    new Map([
      ["generate", async () => (await node(generating)).ms],
      ["types", async () => (await node(typing, { cwd: folder })).ms],
    ]),
    rounds,
    tell,
  );
  tell("memory");
  const [memory, typesMemory] = [await peakMemory(generating), await peakMemory(typing, { cwd: folder })];
  const [times = [], typesTimes = []] = [series.get("generate"), series.get("types")];
  const ratio = figure(
    each(times, typesTimes, (one, other) => one / other),
    "×",
  );
  const megabytes = (value: number): Figure => ({ value, unit: "MB" });
  return {
    ratio,
    figures: [
      figure(times, "ms"),
      figure(typesTimes, "ms"),
      ratio,
      megabytes(memory.largest),
      megabytes(memory.sum),
      megabytes(typesMemory.largest),
      megabytes(typesMemory.sum),
    ],
  };
}
