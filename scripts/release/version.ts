// Versions: which of two is the later, and what a change does to one.
import type { Impact } from "../diff.js";

const numbers = (version: string): [number, number, number] => {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (patch === undefined) throw new RangeError(`"${version}" is no version such as 1.2.3`);
  return [Number(major), Number(minor), Number(patch)];
};

/** The later of two versions. */
export function later(a: string, b: string): string {
  const [left, right] = [numbers(a), numbers(b)];
  const at = left.findIndex((number, place) => number !== right[place]);
  return at === -1 || Number(left[at]) > Number(right[at]) ? a : b;
}

/** The version after a change. Before 1.0 there is no major to move: what breaks moves the minor. */
export function moved(version: string, impact: Impact): string {
  const [major, minor, patch] = numbers(version);
  if (impact === "patch") return `${major}.${minor}.${patch + 1}`;
  if (impact === "minor" || major === 0) return `${major}.${minor + 1}.0`;
  return `${major + 1}.0.0`;
}

const order = ["patch", "minor", "major"] as const;

/** The greatest of several impacts; `undefined` where there is none. */
export const greatest = (impacts: readonly Impact[]): Impact | undefined =>
  [...order].reverse().find((impact) => impacts.includes(impact));
