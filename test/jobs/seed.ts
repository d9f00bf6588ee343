// Random numbers that can be repeated.

/** The number in the variable `JOBS_SEED`, or another one in each run. */
export function readSeed(): number {
  const { JOBS_SEED: seed = `${Math.floor(Math.random() * 1_000_000)}` } = process.env;
  if (!/^\d+$/.test(seed)) throw new Error("JOBS_SEED must be a whole number.");
  return Number(seed);
}

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
