import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "tsdown";

// openapi-fetch's CommonJS file exports its function as `exports.default`. In a package of "type": "module", the bundle
// imports it as Node.js does: the default is the whole of `module.exports`, and the bundle would call an object.
const openapiFetchInCommonJs = {
  name: "openapi-fetch-in-commonjs",
  renderChunk(code: string, _: unknown, { format }: { format: string }) {
    if (format !== "cjs" || !code.includes("openapi-fetch")) return null;
    const asNode = "__toESM(openapi_fetch, 1)";
    if (!code.includes(asNode)) {
      throw new Error(
        `The bundle no longer contains "${asNode}". Update the workaround in tsdown.config.ts.`,
      );
    }
    // The replacement has the same length, so that the source map stays correct.
    return code.replace(asNode, "__toESM(openapi_fetch, 0)");
  },
};

// The declaration bundler prints a one-line doc comment behind the previous member, where TypeScript ignores it. It
// prints one of several lines correctly. Its input is printed by Oxc, with each doc comment on its own lines, and each
// further line a space too far to the left.
const docCommentsOnSeveralLines = {
  name: "doc-comments-on-several-lines",
  transform: {
    order: "pre" as const,
    filter: { id: /\.d\.[cm]?ts$/ },
    handler: (code: string) =>
      code.replace(/^(\t*)\*/gm, "$1 *").replace(/^(\t*)\/\*\* (.*) \*\/$/gm, "$1/**\n$1 * $2\n$1 */"),
  },
};

async function finishDeclarations(file: string): Promise<void> {
  // tsdown makes no source maps for declarations, but leaves the comment that points to them.
  const text = (await readFile(file, "utf8")).replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n");
  await writeFile(file, text);
  const forCommonJs = text.replace(/(from "\.{1,2}\/\S+)\.js"/g, '$1.cjs"');
  await writeFile(file.replace(/\.ts$/, ".cts"), forCommonJs);
}

// dist/docs comes from another command: this one must not delete it. The first build deletes for all.
const oldOutput = ["dist/*.js", "dist/*.cjs", "dist/*.ts", "dist/*.cts", "dist/*.map", "dist/shared"];

// Declarations by Oxc take a third of the time that TypeScript needs. For them, each export states its type. Users can't
// import what is marked as internal. Those for CommonJS are copies: tsdown builds them without the plugins.
const esm = { dts: { oxc: { stripInternal: true } } };
const cjs = { dts: false as const };

const shared = {
  format: { esm, cjs } as Partial<Record<"esm" | "cjs", object>>,
  platform: "neutral" as const,
  target: "es2022",
  sourcemap: true,
  clean: false as boolean | string[],
  plugins: [openapiFetchInCommonJs, docCommentsOnSeveralLines],
  outExtensions: ({ format }: { format: string }) =>
    format === "cjs" ? { js: ".cjs" } : { js: ".js", dts: ".d.ts" },
  hooks: {
    "build:done": async ({ chunks }: { chunks: { fileName: string; outDir: string }[] }) => {
      for (const { fileName, outDir } of chunks)
        if (fileName.endsWith(".d.ts")) await finishDeclarations(join(outDir, fileName));
    },
  },
};

// The validators need parts of Ajv at run time: they are bundled, so that users install nothing. Nobody reads compiled
// validators, so they are minified.
const compiled = { ...shared, sourcemap: false, minify: true };

// The emulator and the drift check share the validators of the responses.
const withResponses = {
  ...compiled,
  entry: { emulator: "src/emulator/index.ts", drift: "src/drift/index.ts" },
  outputOptions: { chunkFileNames: "shared/[name].js" },
};

// The client and the schemas share no file with other entries.
export default defineConfig([
  {
    ...shared,
    entry: "src/index.ts",
    clean: oldOutput,
    // At the root, as in the package, so that "onepay-client/openapi.json" also resolves in the checkout.
    copy: { from: "generated/openapi.json", to: "." },
  },
  { ...compiled, entry: { schemas: "src/schemas/index.ts" } },
  {
    ...withResponses,
    format: { esm },
    // The command uses the emulator's files. Its first line is in its source.
    entry: { ...withResponses.entry, cli: "src/cli/index.ts" },
    external: [/^node:/],
  },
  {
    ...withResponses,
    format: { cjs },
    outputOptions: { chunkFileNames: "shared/[name].cjs" },
  },
]);
