// Statistics for comparing programs on a machine whose speed varies: interleaved rounds, paired differences, medians.

export type Unit = "µs" | "ms" | "bytes" | "KB" | "MB" | "×" | "";

/** A measured value. */
export interface Figure {
  value: number;
  unit: Unit;
  /** Half the interquartile range: half of all rounds are within value ± spread. */
  spread?: number;
}

/** A value per round, by the name of what was measured. */
export type Series<Name extends string = string> = Record<Name, number[]>;

/** The median of several rounds, with its spread. */
export function figure(rounds: readonly number[], unit: Unit): Figure {
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
export const differences = (rounds: readonly number[], base: readonly number[]): number[] =>
  rounds.map((value, round) => value - (base[round] ?? Number.NaN));

export const ratios = (rounds: readonly number[], base: readonly number[]): number[] =>
  rounds.map((value, round) => value / (base[round] ?? Number.NaN));

/**
 * Measures every item once per round, and starts each round with another item. A busy moment of the machine, or a
 * favorable position in the order, then affects all items alike.
 */
export async function interleave<Name extends string, Item>(
  items: Readonly<Record<Name, Item>>,
  rounds: number,
  measure: (item: Item) => Promise<number>,
): Promise<Series<Name>> {
  const entries = Object.entries<Item>(items) as [Name, Item][];
  const series = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Series<Name>;
  for (let round = 0; round < rounds; round++) {
    const start = round % entries.length;
    for (const [name, item] of [...entries.slice(start), ...entries.slice(0, start)])
      series[name].push(await measure(item));
  }
  return series;
}
