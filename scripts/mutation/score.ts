// The mutation score: detected mutants / mutants that aren't equivalent.
import type { MutantResult } from "./run.js";

type Outcome = "detected" | "undetected" | "equivalent";

export interface Score {
  total: number;
  detected: number;
  undetected: string[];
  equivalent: { mutant: string; reason: string }[];
  /** Listed as equivalent, but detected, or no longer a mutant of the document. */
  outdated: string[];
  operators: ({ operator: string } & Record<Outcome, number>)[];
  /** How many mutants each validator detected first. */
  validators: Record<string, number>;
}

export function score(results: MutantResult[], reasons: Map<string, string>): Score {
  const outcomeOf = ({ detection, mutant }: MutantResult): Outcome =>
    detection ? "detected" : reasons.has(mutant) ? "equivalent" : "undetected";
  const operators = new Map<string, Score["operators"][number]>();
  const validators: Record<string, number> = {};
  for (const result of results) {
    const { operator, detection } = result;
    const row = operators.get(operator) ?? { operator, detected: 0, undetected: 0, equivalent: 0 };
    row[outcomeOf(result)] += 1;
    operators.set(operator, row);
    if (detection) validators[detection.validator] = (validators[detection.validator] ?? 0) + 1;
  }
  const withOutcome = (outcome: Outcome) => results.filter((result) => outcomeOf(result) === outcome);
  const equivalent = withOutcome("equivalent").map(({ mutant }) => ({
    mutant,
    reason: reasons.get(mutant) ?? "",
  }));
  const stillEquivalent = new Set(equivalent.map(({ mutant }) => mutant));
  return {
    total: results.length,
    detected: withOutcome("detected").length,
    undetected: withOutcome("undetected").map(({ mutant }) => mutant),
    equivalent,
    outdated: [...reasons.keys()].filter((mutant) => !stillEquivalent.has(mutant)),
    operators: [...operators.values()].sort((a, b) => (a.operator < b.operator ? -1 : 1)),
    validators,
  };
}

/** The mutation score in percent. */
export const percent = ({ total, detected, equivalent }: Score): number =>
  (detected / Math.max(total - equivalent.length, 1)) * 100;

export function table({ operators }: Score): string {
  const width = Math.max(...operators.map(({ operator }) => operator.length), 8);
  const row = (name: string, ...cells: (string | number)[]) =>
    [name.padEnd(width), ...cells.map((cell) => String(cell).padStart(12))].join("");
  return [
    row("operator", "detected", "undetected", "equivalent"),
    ...operators.map(({ operator, detected, undetected, equivalent }) =>
      row(operator, detected, undetected === 0 ? "·" : undetected, equivalent === 0 ? "·" : equivalent),
    ),
  ].join("\n");
}
