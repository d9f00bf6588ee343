// What a user's bundle grows by: bundled and minified for browsers by esbuild, then compressed.
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { root } from "../cli.js";
import { installPeers, manifest, peersFolder } from "./peers.js";
import type { Budget, Part, Table } from "./results.js";

/** Sizes in bytes. */
export interface Size {
  minified: number;
  /** Of the minified text, at gzip's best level. */
  gzip: number;
}

/** The size of what `code` needs, written as a module that stands in `folder`. */
export async function sizeOf(code: string, folder = root, plugins: Plugin[] = []): Promise<Size> {
  const { text } = await bundled(code, folder, plugins);
  return { minified: text.length, gzip: gzipSync(text, { level: 9 }).length };
}

async function bundled(code: string, folder = root, plugins: Plugin[] = []) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    logLevel: "silent",
    plugins,
  });
  const [output] = Object.values(metafile.outputs);
  return { text: outputFiles[0]?.contents ?? new Uint8Array(), modules: output?.inputs ?? {} };
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
  async run() {
    await installPeers();
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
        {
          title: "What `OnePay` is made of",
          note: "Bundled from the sources, so that each module can be told from the others.",
          columns: ["minified"],
          rows: await modulesOfFlat(),
        },
      ],
      budgets: [
        budget(
          "`OnePay`, all operations, min+gzip",
          sizes.flat,
          limits.flat,
          "the table of modules says where it lies.",
        ),
        budget(
          "both doors and every export, openapi-fetch included, min+gzip",
          sizes.everything,
          limits.everything,
          `openapi-fetch alone is ${bytes(others[0]?.[1].gzip ?? 0)} of it, and the flat door ${bytes(sizes.flat.gzip)}; what is left for the second door, the guards and the names of the exports is less than they take.`,
        ),
        await dependencies(),
      ],
    };
  },
};

async function modulesOfFlat(): Promise<Table["rows"]> {
  const { modules } = await bundled(ours("./src/index.js").flat);
  return Object.entries(modules)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .sort(([, one], [, other]) => other.bytesInOutput - one.bytesInOutput)
    .map(([name, { bytesInOutput }]) => ({ name, figures: [{ value: bytesInOutput, unit: "bytes" }] }));
}

async function dependencies(): Promise<Budget> {
  const names = Object.keys((await manifest(root))?.dependencies ?? {}).join(", ");
  return {
    what: "runtime dependencies",
    limit: "openapi-fetch only",
    measured: names,
    holds: names === "openapi-fetch",
  };
}

const bytes = (count: number): string => `${count.toLocaleString("en")} bytes`;

const budget = (what: string, { gzip }: Size, limit: number, reason: string): Budget => ({
  what,
  limit: `≤ ${bytes(limit)}`,
  measured: bytes(gzip),
  holds: gzip <= limit,
  reason,
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
