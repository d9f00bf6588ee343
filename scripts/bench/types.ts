// What a program costs the compiler and the editor.
import { join } from "node:path";
import { operations } from "../../generated/operations.js";
import { root } from "../cli.js";
import { readDocument } from "../openapi/load.js";
import { ts } from "../typescript.cjs";
import { fetchClientProgram, onePayProgram, programText } from "./programs.js";
import { budget, type Part } from "./report.js";
import type { Figure } from "./statistics.js";

/** Type instantiations, for any number of calls. */
export const instantiationLimit = 100;

export const types: Part = {
  about: "type instantiations of one call, of one call per operation, and of forty calls",
  async run() {
    const document = await readDocument();
    const programs = {
      "`OnePay`": onePayProgram(operations, document),
      "`createFetchClient` (openapi-fetch)": fetchClientProgram(operations, document),
    };
    const counts = [1, Object.keys(operations).length, 40];
    const rows = Object.entries(programs).map(([name, program]) => ({
      name,
      figures: counts.map((count) => instantiations(programText(program, count))),
    }));
    return {
      tables: [
        {
          title: "Types",
          note: "Type instantiations beyond an empty file. They don't depend on the machine.",
          columns: counts.map((count) => (count === 1 ? "1 call" : `${count} calls`)),
          rows,
        },
      ],
      budgets: [
        budget(
          "type instantiations of forty method calls",
          rows[0]?.figures[2] as Figure,
          instantiationLimit,
        ),
      ],
    };
  },
};

/**
 * The type instantiations for a program in `folder`, beyond those of an empty file. The number doesn't depend on the
 * machine. Throws if the program doesn't compile.
 */
export function instantiations(code: string, folder = root): Figure {
  const file = join(folder, "program.mts");
  return { value: count(code, file) - count("export {};", file), unit: "" };
}

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
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
  if (problems.length > 0)
    throw new Error(`A measured program doesn't compile:\n${ts.formatDiagnostics(problems, host)}\n${code}`);
  // The types of the compiler's API leave this method out. --extendedDiagnostics uses it too.
  return (program as ts.Program & { getInstantiationCount(): number }).getInstantiationCount();
}
