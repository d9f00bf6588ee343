/** Random numbers from a seed: the same ones in every run. */

/** A number from 0 (inclusive) to 1 (exclusive) for a seed and a position: the mulberry32 generator. */
export function randomAt(seed: number, position: number): number {
  let state = (seed + Math.imul(position + 1, 0x6d2b79f5)) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}

export interface RandomSource {
  number(): number;
  /** A UUID, version 4. */
  uuid(): string;
  /** A string of random decimal digits. */
  digits(length: number): string;
}

/** Draws from a seed; `draws` counts the numbers drawn so far and is kept in the state. */
export function createRandom(seed: number, counter: { draws: number }): RandomSource {
  const number = () => {
    counter.draws += 1;
    return randomAt(seed, counter.draws);
  };
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(number() * 16).toString(16)).join("");
  return {
    number,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    digits: (length) => Array.from({ length }, () => Math.floor(number() * 10)).join(""),
  };
}
