// Statistics for comparing programs on a machine whose speed varies: interleaved rounds, paired differences, medians.

export type Unit = "µs" | "ms" | "bytes" | "KB" | "MB" | "×" | "";

/** A measured value. */
export interface Figure {
  value: number;
  unit: Unit;
  /** Half the interquartile range: half of all rounds are within value ± spread. */
  spread?: number;
}

/** A value per round, by what was measured. */
export type Series = Record<string, number[]>;

/** The median of several rounds, with its spread. */
export function figure(rounds: readonly number[] = [], unit: Unit): Figure {
  const spread = (quantile(rounds, 0.75) - quantile(rounds, 0.25)) / 2;
  return { value: quantile(rounds, 0.5), unit, spread };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(position)] ?? Number.NaN;
  const upper = sorted[Math.ceil(position)] ?? Number.NaN;
  return lower + (upper - lower) * (position - Math.floor(position));
}

// Both compare round by round, so that a slow round cancels out.
export const differences = (rounds: readonly number[] = [], base: readonly number[] = []): number[] =>
  rounds.map((value, round) => value - (base[round] ?? Number.NaN));

export const ratios = (rounds: readonly number[] = [], base: readonly number[] = []): number[] =>
  rounds.map((value, round) => value / (base[round] ?? Number.NaN));

/**
 * Measures everything once per round, and starts each round with another entry. A busy moment of the machine, or a
 * favorable position in the order, then affects all entries alike.
 */
export async function interleave(
  measurements: Readonly<Record<string, () => Promise<number>>>,
  rounds: number,
  onRound: (progress: string) => void,
): Promise<Series> {
  const entries = Object.entries(measurements);
  const series: Series = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    onRound(`round ${round + 1} of ${rounds}`);
    const start = round % entries.length;
    for (const [name, measure] of [...entries.slice(start), ...entries.slice(0, start)]) {
      series[name]?.push(await measure());
    }
  }
  return series;
}
