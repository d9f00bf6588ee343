// How much a user's bundle grows: bundled and minified for browsers by esbuild, then compressed.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../cli.js";
import { budget, type Part } from "./report.js";
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

export const size: Part = {
  about: "bytes in a user's bundle, min+gzip",
  async run() {
    const imports = importsFrom();
    const measured: [name: string, code: string, limit?: number][] = [
      ["`OnePay`, all operations", imports.onePay, sizeLimits.onePay],
      ["`createFetchClient`", imports.fetchClient],
      ["everything, openapi-fetch included", imports.everything, sizeLimits.everything],
      ["`onepay-client/schemas`", importsFrom("onepay-client/schemas").everything, sizeLimits.schemas],
      ["openapi-fetch", 'export { default } from "openapi-fetch";'],
    ];
    const sizes = await Promise.all(
      measured.map(async ([name, code, limit]) => {
        const bytes: Figure = { value: await sizeOf(code), unit: "bytes" };
        return { name, bytes, limit };
      }),
    );
    return {
      tables: [
        {
          title: "Size",
          note: "A module that exports the named parts, bundled for browsers.",
          columns: ["min+gzip"],
          rows: sizes.map(({ name, bytes }) => ({ name, figures: [bytes] })),
        },
      ],
      budgets: sizes.flatMap(({ name, bytes, limit }) =>
        limit === undefined ? [] : [budget(`${name}, min+gzip`, bytes, limit)],
      ),
    };
  },
};
