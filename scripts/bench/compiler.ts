// What the compiler does for a program: how many types it instantiates, how long it takes, what it finds wrong.
import { dirname } from "node:path";
import ts from "typescript";
import { root } from "../cli.js";

export interface Cost {
  /** Types that the compiler instantiates for this file, beyond those for an empty one. Does not depend on the machine. */
  instantiations: number;
  /** Milliseconds of the processor from reading the program's files to the end of the check, beyond those for an empty one. */
  ms: number;
}

/** As strict as our users may be, so that nothing is cheap for being loose. */
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

/** What it costs to check `code` as if it stood in `file`. Code that does not compile is an error: its cost would mean nothing. */
export function costOf(code: string, file: string): Cost {
  if (platform.size === 0) check("export {};", file);
  const empty = check("export {};", file);
  const full = check(code, file);
  return { instantiations: full.instantiations - empty.instantiations, ms: full.ms - empty.ms };
}

function check(code: string, file: string): Cost {
  const before = process.cpuUsage();
  const program = ts.createProgram({
    rootNames: [file],
    options: compilerOptions,
    host: hostWith(file, code),
  });
  const found = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
    ...program.getSemanticDiagnostics(program.getSourceFile(file)),
  ];
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  if (found.length > 0) {
    const host = { getCanonicalFileName: String, getCurrentDirectory: () => root, getNewLine: () => "\n" };
    throw new Error(
      `A program to be measured does not compile:\n${ts.formatDiagnostics(found, host)}\n${code}`,
    );
  }
  // Behind --extendedDiagnostics, too; only its types leave it out.
  const { getInstantiationCount } = program as ts.Program & { getInstantiationCount(): number };
  return { instantiations: getInstantiationCount(), ms };
}

// The platform's own declarations are read once: every program has them, and they would hide what differs.
const platform = new Map<string, ts.SourceFile | undefined>();

function hostWith(file: string, code: string): ts.CompilerHost {
  const host = ts.createCompilerHost(compilerOptions);
  const { getSourceFile, fileExists, readFile } = host;
  const libraries = dirname(ts.getDefaultLibFilePath(compilerOptions));
  return {
    ...host,
    fileExists: (name) => name === file || fileExists(name),
    readFile: (name) => (name === file ? code : readFile(name)),
    getSourceFile(name, options, onError) {
      if (name === file) return ts.createSourceFile(name, code, options);
      if (dirname(name) !== libraries) return getSourceFile(name, options, onError);
      if (!platform.has(name)) platform.set(name, getSourceFile(name, options, onError));
      return platform.get(name);
    },
  };
}
