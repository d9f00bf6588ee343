// Compiles generated code in memory, together with the runtime's types.
import { join } from "node:path";
import { root } from "../../scripts/cli.js";
import { bodySchemas } from "../../scripts/generate/body-schemas.js";
import { normalize } from "../../scripts/generate/normalize.js";
import { operations } from "../../scripts/generate/operations.js";
import { types } from "../../scripts/generate/types.js";
import { validators } from "../../scripts/generate/validators.js";
import type { Document } from "../../scripts/openapi/document.js";
import { ts } from "../../scripts/typescript.cjs";
import { createHost } from "../compiler-host.js";

const folder = join(root, "dist/in-memory");

/** The path of a file that exists in memory only. */
export const inMemory = (name: string): string => join(folder, name);

/** The generated files of a document, without Redocly's part of the work, under a folder in memory. */
export function generatedFiles(name: string, original: Document): Map<string, string> {
  const document = normalize(original);
  const schema = types(document);
  const { text, publicTypes } = operations(document, schema.names, "../../../src/types.js");
  const { bodies, operations: compiled } = validators(document);
  return new Map([
    [inMemory(`${name}/schema.ts`), schema.text],
    [inMemory(`${name}/operations.ts`), text],
    [inMemory(`${name}/public-types.ts`), publicTypes],
    [inMemory(`${name}/bodies.js`), bodies],
    [inMemory(`${name}/schemas.ts`), bodySchemas(document, schema.names, compiled, "../../../src")],
  ]);
}

/** What the compiler reports in the files, which exist in memory only. */
export function compile(files: Map<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    allowJs: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    noEmit: true,
    skipLibCheck: true,
  };
  const host = createHost(options);
  const { directoryExists, fileExists, readFile } = host;
  host.directoryExists = (path) => path.startsWith(folder) || (directoryExists?.(path) ?? true);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  const program = ts.createProgram([...files.keys()], options, host);
  // `npm test` checks the runtime's own files.
  const diagnostics = [...files.keys()].flatMap((path) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)),
  );
  return diagnostics.map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.slice(folder.length + 1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
