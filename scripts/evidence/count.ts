// How well the document is known: each statement of each operation counted by its basis, and what is assumed.
import { type Basis, statementsOf } from "../../spec/rules/statements.js";
import type { At, Resolve } from "../../spec/rules/walk.js";
import type { Document } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { keysOf, pointerOf, valueAt } from "../openapi/pointers.js";

/** The bases, the strongest first. */
export const bases = ["documented", "observed", "assumed"] as const;
export type BasisName = (typeof bases)[number];
export type Counts = Record<BasisName, number>;

export interface Evidence {
  /** Statements by basis, for each operation with all that it refers to. */
  operations: { operationId: string; counts: Counts }[];
  /** Statements by basis in the whole document; what several operations refer to counts once. */
  total: Counts;
  /** What is assumed, by its reason. */
  assumptions: { source: string; reason: string; statements: string[] }[];
}

/** Counts the evidence of a bundled document. Reasons come in the language of the bundle. */
export function countEvidence(document: Document): Evidence {
  const sources = (document as { "x-sources"?: Record<string, { description: string }> })["x-sources"] ?? {};
  const whole = new Map<string, Basis>();
  const assumed = new Map<string, Set<string>>();
  const operations = [...operationsOf(document)].map(({ path, method, operation }) => {
    const counts = none();
    const place = pointer(["paths", path, method]);
    for (const { kind, name, evidence, at } of statementsOf(operation, place, resolve(document))) {
      if (!evidence) continue;
      counts[evidence.basis as BasisName] += 1;
      const shared = componentOf(document, at as Pointer);
      whole.set(shared?.pointer ?? (at as Pointer).pointer, evidence);
      if (evidence.basis !== "assumed") continue;
      const shown = kind === "response" ? `${operation.operationId} ${name}` : name;
      const statement = `${shared?.name ?? shown} (${kind})`;
      assumed.set(evidence.source, (assumed.get(evidence.source) ?? new Set()).add(statement));
    }
    return { operationId: operation.operationId ?? `${method} ${path}`, counts };
  });
  const total = none();
  for (const { basis } of whole.values()) total[basis as BasisName] += 1;
  const assumptions = [...assumed].map(([source, statements]) => ({
    source,
    reason: sources[source]?.description.trim() ?? source,
    statements: [...statements],
  }));
  return { operations, total, assumptions };
}

const none = (): Counts => ({ documented: 0, observed: 0, assumed: 0 });

/** The evidence as a table and a list, for a terminal. */
export function evidenceText({ operations, total, assumptions }: Evidence): string {
  const rows = [...operations, { operationId: "the whole document", counts: total }];
  const width = Math.max(...rows.map(({ operationId }) => operationId.length));
  const line = (name: string, cells: (basis: BasisName) => string | number) =>
    [name.padEnd(width), ...bases.map((basis) => `${cells(basis)}`.padStart(basis.length))].join("  ");
  const table = rows.map(({ operationId, counts }) => line(operationId, (basis) => counts[basis]));
  const list = assumptions.flatMap(({ source, reason, statements }) => [
    ...["", `${source}: ${reason}`],
    ...statements.map((statement) => `  ${statement}`),
  ]);
  return [line("operation", (basis) => basis), ...table, "", "Assumed, by reason:", ...list, ""].join("\n");
}

export interface Pointer extends At {
  pointer: string;
  child(keys: (string | number)[]): Pointer;
  key(): Pointer;
}

/** A place in the bundle, which identifies a statement. */
export const pointer = (keys: (string | number)[]): Pointer => ({
  pointer: pointerOf(keys),
  child: (more) => pointer([...keys, ...more]),
  key: () => pointer(keys),
});

export const resolve =
  (document: Document): Resolve =>
  (node, at) => {
    if (typeof node?.$ref !== "string") return { node, at };
    return { node: valueAt(document, node.$ref), at: pointer(keysOf(node.$ref)) };
  };

/** A reference to a shared component, without evidence next to it, is a statement of the component. */
function componentOf(document: Document, at: Pointer): { pointer: string; name: string } | undefined {
  const raw = valueAt(document, at.pointer) as { $ref?: string; "x-evidence"?: unknown } | undefined;
  const [, name] = /^#\/components\/(?!schemas)\w+\/(.+)$/.exec(raw?.$ref ?? "") ?? [];
  return raw?.$ref && name && !raw["x-evidence"] ? { pointer: raw.$ref, name } : undefined;
}
