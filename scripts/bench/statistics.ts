// Figures that can be compared: rounds in which each subject takes its turn, medians, and how far they scatter.

/** A measured value. */
export interface Figure {
  value: number;
  unit: Unit;
  /** Half the distance between the quartiles: half of all rounds lie within value ± spread. */
  spread?: number;
}

export type Unit = "µs" | "ms" | "s" | "calls/s" | "bytes" | "KB" | "MB" | "×" | "";

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The median of some rounds, with its spread. */
export function figure(values: readonly number[], unit: Unit): Figure {
  return { value: median(values), unit, spread: (quantile(values, 0.75) - quantile(values, 0.25)) / 2 };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** Combines two series round by round, so that what slowed a whole round down cancels out of a difference or a ratio. */
export function each(
  one: readonly number[],
  other: readonly number[],
  combine: (one: number, other: number) => number,
): number[] {
  return one.map((value, round) => combine(value, other[round] ?? Number.NaN));
}

/**
 * Measures every subject once a round, beginning with another one each time: a busy moment of the machine, or a
 * place in the order, then falls on all alike.
 */
export async function interleaved<Name extends string>(
  subjects: ReadonlyMap<Name, () => Promise<number>>,
  rounds: number,
  tell: (progress: string) => void = () => {},
): Promise<Map<Name, number[]>> {
  const names = [...subjects.keys()];
  const series = new Map(names.map((name): [Name, number[]] => [name, []]));
  for (let round = 0; round < rounds; round++) {
    tell(`round ${round + 1} of ${rounds}`);
    for (const index of names.keys()) {
      const name = names[(index + round) % names.length] as Name;
      series.get(name)?.push((await subjects.get(name)?.()) ?? Number.NaN);
    }
  }
  return series;
}
