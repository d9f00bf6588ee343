// How much a user's bundle grows: bundled and minified for browsers by esbuild, then compressed.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../cli.js";
import { budget, type Part, type Table } from "./report.js";
import type { Figure } from "./statistics.js";

/** The size in bytes, min+gzip, of a module with the source text `code`, located in `folder`. */
export async function sizeOf(code: string, folder = root): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "browser",
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

/** The budgets in bytes, min+gzip. */
export const sizeLimits = { onePay: 6 * 1024, everything: 9.5 * 1024, schemas: 9 * 1024 };

/** The measured imports. `module` is the package's name, or a file in its place. */
export const importsFrom = (module = "onepay-client") => ({
  onePay: `export { OnePay } from ${JSON.stringify(module)};`,
  fetchClient: `export { createFetchClient } from ${JSON.stringify(module)};`,
  everything: `export * from ${JSON.stringify(module)};`,
});

const bytes = (value: number): Figure => ({ value, unit: "bytes" });

export const size: Part = {
  about: "bytes in a user's bundle, min+gzip",
  async run() {
    const imports = importsFrom();
    const onePay = bytes(await sizeOf(imports.onePay));
    const everything = bytes(await sizeOf(imports.everything));
    const schemas = bytes(await sizeOf(importsFrom("onepay-client/schemas").everything));
    const table: Table = {
      title: "Size",
      note: "A module that exports the named parts, bundled for browsers.",
      columns: ["min+gzip"],
      rows: [
        { name: "`OnePay`, all operations", figures: [onePay] },
        { name: "`createFetchClient`", figures: [bytes(await sizeOf(imports.fetchClient))] },
        { name: "everything, openapi-fetch included", figures: [everything] },
        { name: "`onepay-client/schemas`", figures: [schemas] },
        { name: "openapi-fetch", figures: [bytes(await sizeOf('export { default } from "openapi-fetch";'))] },
      ],
    };
    return {
      tables: [table],
      budgets: [
        budget("`OnePay`, all operations, min+gzip", onePay, sizeLimits.onePay),
        budget("everything, openapi-fetch included, min+gzip", everything, sizeLimits.everything),
        budget("`onepay-client/schemas`, min+gzip", schemas, sizeLimits.schemas),
      ],
    };
  },
};
