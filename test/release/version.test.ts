import { expect, test } from "vitest";
import { greatestImpact, higherVersion, increment } from "../../scripts/release/version.js";

test.each([
  ["1.4.2", "major", "2.0.0"],
  ["1.4.2", "minor", "1.5.0"],
  ["1.4.2", "patch", "1.4.3"],
  ["0.4.2", "major", "0.5.0"],
  ["0.4.2", "minor", "0.5.0"],
  ["0.4.2", "patch", "0.4.3"],
] as const)("%s after a %s change is %s", (version, impact, next) => {
  expect(increment(version, impact)).toBe(next);
});

test.each([
  ["1.10.0", "1.9.9", "1.10.0"],
  ["0.9.0", "1.0.0", "1.0.0"],
  ["1.2.3", "1.2.3", "1.2.3"],
])("the higher version of %s and %s is %s", (a, b, expected) => {
  expect(higherVersion(a, b)).toBe(expected);
});

test("returns the greatest impact, or undefined if there's none", () => {
  expect(greatestImpact(["patch", "major", "minor"])).toBe("major");
  expect(greatestImpact([])).toBeUndefined();
});

test("rejects a malformed version", () => {
  expect(() => increment("1.2", "patch")).toThrow('"1.2" isn\'t a version');
});
