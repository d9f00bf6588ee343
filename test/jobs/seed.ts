/** Random numbers that can be repeated. */
export const seedVariable = "JOBS_SEED";

/** The number passed as `--seed`, or another one in each run. */
export const readSeed = (): number =>
  Number(process.env[seedVariable] ?? Math.floor(Math.random() * 1_000_000));

export interface Random {
  /** From 0 up to 1, without 1. */
  next(): number;
  between(minimum: number, maximum: number): number;
  pick<T>(items: readonly T[]): T;
}

/** The algorithm "mulberry32": short, and good enough to choose moments. */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (minimum, maximum) => minimum + next() * (maximum - minimum),
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  };
}
