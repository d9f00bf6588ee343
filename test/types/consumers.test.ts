import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const fixture = fileURLToPath(new URL("fixtures/consumer.ts", import.meta.url));

const strictest: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: false,
  verbatimModuleSyntax: true,
  isolatedModules: true,
};
const nodenext = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

// The platform's declarations are parsed once for all tests.
const platform = new Map<string, ts.SourceFile | undefined>();
function hostOf(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) => {
    if (!/\/lib\.[\w.]+\.d\.ts$/.test(name)) return getSourceFile(name, ...rest);
    if (!platform.has(name)) platform.set(name, getSourceFile(name, ...rest));
    return platform.get(name);
  };
  return host;
}

/** The compiler's errors in the fixture and in the package's declarations. */
function errorsIn(options: ts.CompilerOptions): string[] {
  const all: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    noEmit: true,
    ...options,
  };
  const program = ts.createProgram([fixture], all, hostOf(all));
  const checkedFiles = program
    .getSourceFiles()
    .filter(({ fileName }) => !fileName.includes("/node_modules/"));
  expect(checkedFiles.some(({ fileName }) => fileName.endsWith("/dist/index.d.ts"))).toBe(true);
  return checkedFiles
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, start, messageText }) => {
      const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
}

test.each<[string, ts.CompilerOptions]>([
  ["all strict options, nodenext", { ...strictest, ...nodenext }],
  ["all strict options, bundler", { ...strictest, ...bundler }],
  ["only strict, bundler", { strict: true, ...bundler }],
  ["no strict options, nodenext", { strict: false, ...nodenext }],
  ["no strict options, bundler", { strict: false, ...bundler }],
])("the consumer fixture compiles, and its marked errors don't, with %s", (_, options) => {
  expect(errorsIn(options)).toEqual([]);
});
