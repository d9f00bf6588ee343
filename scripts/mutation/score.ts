// From what came of each mutant to a score and a table.
import type { Catch } from "./hunt.js";

export interface Score {
  total: number;
  noticed: number;
  missed: string[];
  equivalent: { mutant: string; reason: string }[];
  /** Listed as equivalent, but noticed, or not there any more. */
  stale: string[];
  operators: { operator: string; noticed: number; missed: number; equivalent: number }[];
  /** Which judge saw it first. */
  judges: Record<string, number>;
}

export function score(catches: Catch[], reasons: Map<string, string>): Score {
  const noticed = catches.filter(({ by }) => by);
  const unnoticed = catches.filter(({ by }) => !by);
  const known = new Set(unnoticed.map(({ mutant }) => mutant));
  const kind = ({ by, mutant }: Catch) => (by ? "noticed" : reasons.has(mutant) ? "equivalent" : "missed");
  const operators = new Map<
    string,
    { operator: string; noticed: number; missed: number; equivalent: number }
  >();
  for (const each of catches) {
    const row = operators.get(each.operator) ?? {
      operator: each.operator,
      noticed: 0,
      missed: 0,
      equivalent: 0,
    };
    row[kind(each)] += 1;
    operators.set(each.operator, row);
  }
  const judges: Record<string, number> = {};
  for (const { by } of noticed) if (by) judges[by.judge] = (judges[by.judge] ?? 0) + 1;
  return {
    total: catches.length,
    noticed: noticed.length,
    missed: unnoticed.map(({ mutant }) => mutant).filter((mutant) => !reasons.has(mutant)),
    equivalent: unnoticed.flatMap(({ mutant }) => {
      const reason = reasons.get(mutant);
      return reason === undefined ? [] : [{ mutant, reason }];
    }),
    stale: [...reasons.keys()].filter((mutant) => !known.has(mutant)),
    operators: [...operators.values()].sort((a, b) => (a.operator < b.operator ? -1 : 1)),
    judges,
  };
}

/** The share of the mutants that change something which was noticed, in percent. */
export const percent = ({ total, noticed, equivalent }: Score): number =>
  (noticed / Math.max(total - equivalent.length, 1)) * 100;

export function table({ operators }: Score): string {
  const width = Math.max(...operators.map(({ operator }) => operator.length), 8);
  const row = (name: string, ...cells: (string | number)[]) =>
    [name.padEnd(width), ...cells.map((cell) => String(cell).padStart(12))].join("");
  return [
    row("operator", "noticed", "missed", "equivalent"),
    ...operators.map(({ operator, noticed, missed, equivalent }) =>
      row(operator, noticed, missed === 0 ? "·" : missed, equivalent === 0 ? "·" : equivalent),
    ),
  ].join("\n");
}
