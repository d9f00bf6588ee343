import { ts } from "../scripts/typescript.cjs";

const libraryFiles = new Map<string, ts.SourceFile | undefined>();
const isLibrary = (path: string) => /\/lib\.[\w.]+\.d\.ts$/.test(path);

/** A compiler host that reads the platform's own declarations once for all programs. */
export function createHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) => {
    if (!isLibrary(path)) return getSourceFile(path, ...rest);
    if (!libraryFiles.has(path)) libraryFiles.set(path, getSourceFile(path, ...rest));
    return libraryFiles.get(path);
  };
  return host;
}
