import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ts } from "../../scripts/typescript.cjs";
import { createHost } from "../compiler-host.js";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

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

/** The compiler's errors in the fixtures and in the package's declarations. */
function compile(names: string[], options: ts.CompilerOptions): string[] {
  const allOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    noEmit: true,
    ...options,
  };
  const program = ts.createProgram(names.map(fixture), allOptions, createHost(allOptions));
  const files = program.getSourceFiles().filter(({ fileName }) => !fileName.includes("/node_modules/"));
  expect(files.some(({ fileName }) => fileName.endsWith("/dist/index.d.ts"))).toBe(true);
  return files
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, start, messageText }) => {
      const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
}

// The extremes. `npm test package` compiles the packed types with every version and setting in between.
describe.each<[string, ts.CompilerOptions]>([
  ["every strict option, nodenext", { ...strictest, ...nodenext }],
  ["not strict, bundler", { strict: false, ...bundler }],
])("with the compiler settings %s", (_, options) => {
  test("a user's program, test doubles and undici compile without a cast, and mistakes don't", () => {
    expect(compile(["consumer.ts", "test-doubles.ts", "undici.ts"], options)).toEqual([]);
  });
});
