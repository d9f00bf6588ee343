// What a user's bundle grows by: bundled and minified for browsers by esbuild, then compressed.
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { root } from "../cli.js";
import { installPeers, peersFolder } from "./peers.js";
import type { Part } from "./results.js";

/** Sizes in bytes. */
export interface Size {
  minified: number;
  /** Of the minified text, at gzip's best level. */
  gzip: number;
}

/** The size of what `code` needs, written as a module that stands in `folder`. */
export async function sizeOf(code: string, folder = root, plugins: Plugin[] = []): Promise<Size> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "browser",
    logLevel: "silent",
    plugins,
  });
  const text = outputFiles[0]?.contents ?? new Uint8Array();
  return { minified: text.length, gzip: gzipSync(text, { level: 9 }).length };
}

/** The budgets in bytes of min+gzip. */
export const limits = { flat: 5 * 1024, everything: 7.5 * 1024 };

/** What is measured of our package: `name` is how it is imported. */
export const ours = (name = "onepay-client") => ({
  flat: `export { OnePay } from ${JSON.stringify(name)};`,
  fetchClient: `export { createFetchClient } from ${JSON.stringify(name)};`,
  everything: `export * from ${JSON.stringify(name)};`,
});

export const size: Part = {
  about: "bytes in a user's bundle, min+gzip",
  async run(tell) {
    await installPeers(tell);
    const { flat, fetchClient, everything } = ours();
    const sizes = {
      flat: await sizeOf(flat),
      fetchClient: await sizeOf(fetchClient),
      everything: await sizeOf(everything),
    };
    const others: [string, Size][] = [
      ["openapi-fetch: no retries, no time limits", await sizeOf('export { default } from "openapi-fetch";')],
      ["ky: no API in it", await sizeOf('export { default } from "ky";', peersFolder)],
      ["axios: no API in it", await sizeOf('export { default } from "axios";', peersFolder)],
      [
        "dodopayments: all its resources",
        await sizeOf('export { default } from "dodopayments";', peersFolder),
      ],
      [
        "dodopayments: one resource",
        await sizeOf('export { default } from "dodopayments";', peersFolder, [onlyCustomers]),
      ],
    ];
    const rows: [string, Size][] = [
      ["onepay-client: `OnePay`, all operations", sizes.flat],
      ["onepay-client: `createFetchClient`", sizes.fetchClient],
      ["onepay-client: everything, openapi-fetch included", sizes.everything],
      ...others,
    ];
    return {
      tables: [
        {
          title: "Size",
          note: "A module that exports the named things, bundled for browsers. Stainless' clients cannot leave resources out; the last line shows what its runtime would weigh with one of them (the others replaced by nothing).",
          columns: ["minified", "min+gzip", "beside `OnePay`"],
          rows: rows.map(([name, { minified, gzip }]) => ({
            name,
            figures: [
              { value: minified, unit: "bytes" },
              { value: gzip, unit: "bytes" },
              { value: gzip / sizes.flat.gzip, unit: "×" },
            ],
          })),
        },
      ],
      budgets: [
        budget("`OnePay`, all operations, min+gzip", sizes.flat, limits.flat),
        budget(
          "both doors and every export, openapi-fetch included, min+gzip",
          sizes.everything,
          limits.everything,
        ),
      ],
    };
  },
};

const budget = (what: string, { gzip }: Size, limit: number) => ({
  what,
  limit: `≤ ${limit.toLocaleString("en")} bytes`,
  measured: `${gzip.toLocaleString("en")} bytes`,
  holds: gzip <= limit,
});

// CommonJS, since an import of a name that is not there is an error between modules of the other kind.
const onlyCustomers: Plugin = {
  name: "only-customers",
  setup({ onLoad }) {
    // The resources import one another; their index, the customers and what these are made of stay.
    onLoad({ filter: /dodopayments[\\/]resources[\\/]/ }, ({ path }) =>
      /resources[\\/](customers|index)/.test(path)
        ? undefined
        : { contents: "module.exports = {};", loader: "js" },
    );
  },
};
