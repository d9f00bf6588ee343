// Comparing and incrementing versions.
import type { Impact } from "../diff.js";

const numbers = (version: string): [number, number, number] => {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (patch === undefined) throw new RangeError(`"${version}" isn't a version such as 1.2.3`);
  return [Number(major), Number(minor), Number(patch)];
};

/** The higher of two versions. */
export function higherVersion(a: string, b: string): string {
  const [left, right] = [numbers(a), numbers(b)];
  const differing = left.findIndex((number, place) => number !== right[place]);
  return differing === -1 || Number(left[differing]) > Number(right[differing]) ? a : b;
}

/** The version after a change. Before 1.0, a breaking change increments the minor version. */
export function increment(version: string, impact: Impact): string {
  const [major, minor, patch] = numbers(version);
  if (impact === "patch") return `${major}.${minor}.${patch + 1}`;
  if (impact === "minor" || major === 0) return `${major}.${minor + 1}.0`;
  return `${major + 1}.0.0`;
}

const order = ["patch", "minor", "major"] as const;

/** The greatest of several impacts, or `undefined` if there's none. */
export const greatestImpact = (impacts: readonly Impact[]): Impact | undefined =>
  [...order].reverse().find((impact) => impacts.includes(impact));
