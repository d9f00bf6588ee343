// The packed package: its files, its size, its metadata, its source maps and what an editor shows of it.
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import { expect, inject, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { pack } from "../../scripts/release/pack.js";
import { withTempFolder } from "../../scripts/temp.js";
import { run } from "./child.js";

const tarball = inject("tarball");
const consumers = inject("consumers");
const installed = join(consumers, "node_modules/onepay-client");
const content = (path: string): string => readFileSync(join(installed, path), "utf8");

test("the package contains the library, its documentation and the OpenAPI document, and nothing else", () => {
  expect(tarball.files.map(({ path }) => path).sort()).toEqual([
    "AGENTS.md",
    "CHANGELOG.md",
    "LICENSE",
    "README.es.md",
    "README.md",
    "dist/cli.js",
    "dist/drift.cjs",
    "dist/drift.d.cts",
    "dist/drift.d.ts",
    "dist/drift.js",
    "dist/emulator.cjs",
    "dist/emulator.d.cts",
    "dist/emulator.d.ts",
    "dist/emulator.js",
    "dist/index.cjs",
    "dist/index.cjs.map",
    "dist/index.d.cts",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/index.js.map",
    "dist/schemas.cjs",
    "dist/schemas.d.cts",
    "dist/schemas.d.ts",
    "dist/schemas.js",
    "dist/shared/emulator.js",
    "dist/shared/types.d.cts",
    "dist/shared/types.d.ts",
    "dist/shared/validators.cjs",
    "dist/shared/validators.js",
    "openapi.json",
    "package.json",
  ]);
});

test("the package has at most 1.5 MB on disk, and 0.4 MB to download", () => {
  expect(tarball.size).toBeLessThan(400_000);
  expect(tarball.unpackedSize).toBeLessThanOrEqual(1_500_000);
});

test("packing twice makes the same bytes", async () => {
  const again = await withTempFolder("again", async (folder) => {
    const { path } = await pack(root, folder);
    return readFileSync(path);
  });
  expect(again.equals(readFileSync(tarball.path))).toBe(true);
});

test("publint finds no problems", async () => {
  const cli = join(root, "node_modules/publint/src/cli.js");
  await expect(run(process.execPath, [cli, "--strict", tarball.path], { cwd: root })).resolves.toContain(
    "All good!",
  );
});

test("attw finds the right types for import and require", async () => {
  const cli = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  const printed = await run(process.execPath, [cli, tarball.path, "--format", "ascii", "--no-emoji"], {
    cwd: root,
  });
  expect(printed).toContain("No problems found");
});

test("the package contains the generated OpenAPI document", () => {
  expect(content("openapi.json")).toBe(readFileSync(join(root, "generated/openapi.json"), "utf8"));
});

test("the package depends on openapi-fetch only, and has no install script", () => {
  const { dependencies, peerDependencies, scripts, sideEffects, engines } = JSON.parse(
    content("package.json"),
  );
  expect(Object.keys(dependencies)).toEqual(["openapi-fetch"]);
  expect(peerDependencies).toBeUndefined();
  expect(sideEffects).toBe(false);
  expect(engines.node).toBe(">=20.19");
  for (const script of ["preinstall", "install", "postinstall"]) expect(scripts).not.toHaveProperty(script);
});

test.each(["dist/index.js", "dist/index.cjs"])(
  "the source map of %s contains the sources and leads to them",
  (file) => {
    const lines = content(file).split("\n");
    const payload = JSON.parse(content(`${file}.map`));
    for (const [at, source] of payload.sources.entries())
      expect(payload.sourcesContent[at], source).toBe(readFileSync(join(root, "dist", source), "utf8"));
    const line = lines.findIndex((text) => /\bclass OnePay\b|\bOnePay = class\b/.test(text));
    const entry = new SourceMap(payload).findEntry(line, (lines[line] ?? "").search(/\S/));
    expect(entry).toMatchObject({ originalSource: expect.stringMatching(/src\/onepay\.ts$/) });
  },
);

/** What an editor shows for the code at a text: TypeScript's language service, as editors use it. */
function hovers(code: string): (text: string) => { text: string; documentation: string } {
  const file = join(consumers, "types/hover.mts");
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({
      strict: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
    }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const text = path === file ? code : ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => consumers,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    readFile: (path) => (path === file ? code : ts.sys.readFile(path)),
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    directoryExists: ts.sys.directoryExists,
  });
  return (text) => {
    const info = service.getQuickInfoAtPosition(file, code.indexOf(text));
    return {
      text: ts.displayPartsToString(info?.displayParts),
      documentation: [info?.documentation, ...(info?.tags ?? []).map((tag) => tag.text)]
        .map((parts) => ts.displayPartsToString(parts))
        .join("\n"),
    };
  };
}

test("an editor shows the types and the doc comments of methods and fields", () => {
  const hover = hovers(`
    import { OnePay } from "onepay-client";
    const onepay = new OnePay();
    const created = onepay.customers.create;
    const customer = await onepay.customers.get("id");
    const page = await onepay.customers.list();
    const methods = (await onepay.customerSessions.listPaymentMethods({ customerToken: "token" })).data;
    export const number = customer.document_number;
    export const cards = methods.cards;
  `);
  expect(hover("create;").text).toBe(
    "(method) CustomersResource.create(body: CreateCustomer, options?: IdempotentRequestOptions): OnePayPromise<Customer>",
  );
  expect(hover("create;").documentation).toContain("Creates a customer");
  expect(hover("customer = ").text).toBe("const customer: Customer");
  expect(hover("page = ").text).toBe("const page: Page<Customer>");
  expect(hover("cards;").text).toMatch(/: CardMethod\[\]$/);
  expect(hover("document_number;").documentation).toMatch(/identity document/i);
});

test.each(["index", "emulator", "schemas", "drift", "shared/types"])(
  "the declarations of %s, with their doc comments, are the same for CommonJS",
  (name) => {
    const forCommonJs = content(`dist/${name}.d.cts`);
    expect(forCommonJs.replaceAll('.cjs"', '.js"')).toBe(content(`dist/${name}.d.ts`));
    expect(forCommonJs).not.toContain('.js"');
  },
);

test.each(["dist/index.d.ts", "dist/index.d.cts"])("%s has no names that a bundler invented", (file) => {
  const names = [...content(file).matchAll(/\b(?:interface|type|class|const|function|namespace) ([\w$]+)/g)];
  expect(names.length).toBeGreaterThan(50);
  expect(names.map(([, name]) => name).filter((name) => /\$\d+$|_\d+$|^_/.test(name ?? ""))).toEqual([]);
  expect(content(file)).not.toMatch(/_\$|sourceMappingURL/);
});

test.each([
  ["dist/index.d.ts", "dist/index.js"],
  ["dist/index.d.cts", "dist/index.cjs"],
])("%s declares no value that %s doesn't export", async (types, file) => {
  const declared = [...content(types).matchAll(/^declare (?:class|const|function) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const [, list = ""] = /^export \{ (.*) \};$/m.exec(content(types)) ?? [];
  const values = list.split(", ").filter((name) => declared.includes(name));
  expect(values).toEqual(expect.arrayContaining(["ApiError", "OnePay", "createFetchClient"]));
  expect(Object.keys(await import(join(installed, file)))).toEqual(expect.arrayContaining(values));
});
