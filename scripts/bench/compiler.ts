// How many types the compiler instantiates for a program.
import ts from "typescript";

/** The strictest settings that users have, so that no client is cheap because its types are loose. */
const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * The type instantiations for `code` as the content of `file`, beyond those of an empty file. The number doesn't
 * depend on the machine. Throws if the code doesn't compile.
 */
export const instantiationsOf = (code: string, file: string): number =>
  count(code, file) - count("export {};", file);

// Parsed once: the platform's declarations take longer to parse than a program takes to check.
const sourceFiles = new Map<string, ts.SourceFile | undefined>();

function count(code: string, file: string): number {
  const host = ts.createCompilerHost(compilerOptions);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, options) => {
    if (name === file) return ts.createSourceFile(name, code, options);
    if (!sourceFiles.has(name)) sourceFiles.set(name, getSourceFile(name, options));
    return sourceFiles.get(name);
  };
  const program = ts.createProgram([file], compilerOptions, host);
  const problems = [
    ...program.getGlobalDiagnostics(),
    ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
    ...program.getSemanticDiagnostics(program.getSourceFile(file)),
  ];
  if (problems.length > 0) {
    throw new Error(
      `A measured program doesn't compile:\n${problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n")}\n${code}`,
    );
  }
  // The types of the compiler's API leave this method out. --extendedDiagnostics uses it too.
  return (program as ts.Program & { getInstantiationCount(): number }).getInstantiationCount();
}
