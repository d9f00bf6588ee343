import { expect, test } from "vitest";
import { greatest, later, moved } from "../../scripts/release/version.js";

test.each([
  ["1.4.2", "major", "2.0.0"],
  ["1.4.2", "minor", "1.5.0"],
  ["1.4.2", "patch", "1.4.3"],
  ["0.4.2", "major", "0.5.0"],
  ["0.4.2", "minor", "0.5.0"],
  ["0.4.2", "patch", "0.4.3"],
] as const)("%s after a %s change is %s", (version, impact, next) => {
  expect(moved(version, impact)).toBe(next);
});

test.each([
  ["1.10.0", "1.9.9", "1.10.0"],
  ["0.9.0", "1.0.0", "1.0.0"],
  ["1.2.3", "1.2.3", "1.2.3"],
])("the later of %s and %s is %s", (a, b, expected) => {
  expect(later(a, b)).toBe(expected);
});

test("the greatest impact of several wins, and of none there is none", () => {
  expect(greatest(["patch", "major", "minor"])).toBe("major");
  expect(greatest([])).toBeUndefined();
});

test("what is no version is refused", () => {
  expect(() => moved("1.2", "patch")).toThrow('"1.2" is no version');
});
