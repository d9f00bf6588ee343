// The mutation score: detected mutants / mutants that aren't equivalent.
import type { MutantResult } from "./run.js";

/** The mutants of one part of the contract, apart from the document: the mock server or the client. */
export interface MutantGroup {
  name: string;
  /** The number of mutants. */
  mutants: number;
  /** Mutants that no case detected, and those that couldn't be created. */
  undetected: string[];
}

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
  const count = (outcome: Outcome, among = results) =>
    among.filter((result) => outcomeOf(result) === outcome).length;
  const namesOf = (outcome: Outcome) =>
    results.filter((result) => outcomeOf(result) === outcome).map(({ mutant }) => mutant);
  const equivalent = namesOf("equivalent");
  const operators = [...new Set(results.map(({ operator }) => operator))].sort().map((operator) => {
    const own = results.filter((result) => result.operator === operator);
    return {
      operator,
      detected: count("detected", own),
      undetected: count("undetected", own),
      equivalent: count("equivalent", own),
    };
  });
  const validators: Record<string, number> = {};
  for (const { detection } of results)
    if (detection) validators[detection.validator] = (validators[detection.validator] ?? 0) + 1;
  return {
    total: results.length,
    detected: count("detected"),
    undetected: namesOf("undetected"),
    equivalent: equivalent.map((mutant) => ({ mutant, reason: reasons.get(mutant) ?? "" })),
    outdated: [...reasons.keys()].filter((mutant) => !equivalent.includes(mutant)),
    operators,
    validators,
  };
}

/** The mutation score in percent. */
export const percent = ({ total, detected, equivalent }: Score): number =>
  (detected / Math.max(total - equivalent.length, 1)) * 100;

export function table({ operators }: Score): string {
  const width = Math.max(...operators.map(({ operator }) => operator.length), 8);
  const row = (name: string, ...cells: (string | number)[]) =>
    [name.padEnd(width), ...cells.map((cell) => String(cell || "·").padStart(12))].join("");
  return [
    row("operator", "detected", "undetected", "equivalent"),
    ...operators.map((each) => row(each.operator, each.detected, each.undetected, each.equivalent)),
  ].join("\n");
}
