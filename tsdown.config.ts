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
// prints one of several lines correctly. Its input is printed by TypeScript, with each doc comment on its own line.
const docCommentsOnSeveralLines = {
  name: "doc-comments-on-several-lines",
  transform: {
    order: "pre" as const,
    filter: { id: /\.d\.[cm]?ts$/ },
    handler: (code: string) => code.replace(/^([ \t]*)\/\*\* (.*) \*\/$/gm, "$1/**\n$1 * $2\n$1 */"),
  },
};

// tsdown makes no source maps for declarations, but leaves the comment that points to them.
async function removeSourceMapComment(file: string): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => "");
  const withoutComment = text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n");
  if (withoutComment !== text) await writeFile(file, withoutComment);
}

// dist/docs comes from another command: this one must not delete it. The first build deletes for all.
const oldOutput = ["dist/*.js", "dist/*.cjs", "dist/*.ts", "dist/*.cts", "dist/*.map"];

const shared = {
  format: ["esm", "cjs"] as ("esm" | "cjs")[],
  platform: "neutral" as const,
  target: "es2022",
  sourcemap: true,
  clean: false as boolean | string[],
  plugins: [openapiFetchInCommonJs, docCommentsOnSeveralLines],
  // Users can't import what is marked as internal.
  dts: { compilerOptions: { stripInternal: true } } as object | false,
  outExtensions: ({ format }: { format: string }) =>
    format === "cjs" ? { js: ".cjs", dts: ".d.cts" } : { js: ".js", dts: ".d.ts" },
  hooks: {
    "build:done": async ({ options: { outDir } }: { options: { outDir: string } }) => {
      for (const name of ["index.d.ts", "index.d.cts", "emulator.d.ts", "emulator.d.cts"])
        await removeSourceMapComment(join(outDir, name));
    },
  },
};

// One build per entry, so that none of them shares a file with the client.
export default defineConfig([
  {
    ...shared,
    entry: "src/index.ts",
    clean: oldOutput,
    // At the root, as in the package, so that "onepay-client/openapi.json" also resolves in the checkout.
    copy: { from: "generated/openapi.json", to: "." },
  },
  // The validators need parts of Ajv at run time: they are bundled, so that users install nothing. Nobody reads compiled
  // validators, so they are minified.
  { ...shared, entry: { emulator: "src/emulator/index.ts" }, sourcemap: false, minify: true },
  {
    ...shared,
    entry: { cli: "src/cli/index.ts" },
    format: ["esm"] as ("esm" | "cjs")[],
    platform: "node" as const,
    dts: false,
    sourcemap: false,
    minify: true,
    banner: "#!/usr/bin/env node",
  },
]);
