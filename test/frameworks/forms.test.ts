// The sample of React Hook Form: compiled by TypeScript, and run.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../scripts/cli.js";

const frameworks = fileURLToPath(new URL("node_modules", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "onepay-client-forms-"));
const sample = join(folder, "react-hook-form.ts");

beforeAll(() => {
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  for (const name of ["@hookform", "@standard-schema", "react", "react-dom", "react-hook-form"])
    symlinkSync(join(frameworks, name), join(modules, name), "dir");
  symlinkSync(root, join(modules, "onepay-client"), "dir");
  cpSync(join(root, "spec/guides/samples/react-hook-form.ts"), sample);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the sample of React Hook Form compiles", () => {
  const program = ts.createProgram([sample], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
  });
  const problems = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName === sample);
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
});

test("React Hook Form shows the messages of the fields, and submits a valid body", async () => {
  const outfile = join(folder, "form.mjs");
  const code = `
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    import { useTopUpForm } from "./react-hook-form.ts";
    export async function submit(values) {
      let form;
      const Form = () => { form = useTopUpForm(); return null; };
      renderToString(createElement(Form));
      for (const [name, value] of Object.entries(values)) form.setValue(name, value);
      let result;
      await form.handleSubmit(
        (body) => { result = { body }; },
        (errors) => { result = { errors: Object.fromEntries(Object.entries(errors).map(([name, { message }]) => [name, message])) }; },
      )();
      return result;
    }`;
  await build({
    stdin: { contents: code, resolveDir: folder, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    outfile,
  });
  const { submit } = await import(pathToFileURL(outfile).href);
  expect(await submit({ amount: Number.NaN })).toEqual({
    errors: { amount: "Escribe el monto en pesos enteros, sin centavos." },
  });
  expect(await submit({ amount: 50_000 })).toEqual({ body: { amount: 50_000 } });
});
