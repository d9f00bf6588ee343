// Which operation a request is for.

export interface PathMatch<T> {
  operation: T;
  /** The values of the path parameters, as they are in the URL. */
  parameters: Record<string, string>;
}

/** The operation for a method and a path below the server's URL. A path with fewer parameters comes first. */
export function matchPath<T extends { method: string; path: string }>(
  operations: T[],
  method: string,
  path: string,
): PathMatch<T> | undefined {
  const parts = path.split("/");
  const [best] = operations
    .filter((operation) => operation.method === method.toLowerCase() && isMatch(operation.path, parts))
    .sort((a, b) => parameterCount(a.path) - parameterCount(b.path));
  if (!best) return undefined;
  const names = best.path.split("/");
  const parameters = names.flatMap((name, index) =>
    isParameter(name) ? [[name.slice(1, -1), parts[index] ?? ""]] : [],
  );
  return { operation: best, parameters: Object.fromEntries(parameters) };
}

const isParameter = (part: string): boolean => part.startsWith("{");
const parameterCount = (path: string): number => path.split("/").filter(isParameter).length;

function isMatch(template: string, parts: string[]): boolean {
  const names = template.split("/");
  return (
    names.length === parts.length && names.every((name, index) => isParameter(name) || name === parts[index])
  );
}
