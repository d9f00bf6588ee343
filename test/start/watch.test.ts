import { describe, expect, test } from "vitest";
import { isIgnored } from "../../scripts/dev/watch.js";

describe("isIgnored", () => {
  test.each([
    ["spec/ itself", "/home/ana/.worktrees/onepay/spec", false],
    ["a file below a folder with a dot", "/home/ana/.worktrees/onepay/spec/info.yaml", false],
    ["a file of the document", "/home/ana/.worktrees/onepay/spec/paths/customers.yaml", false],
    ["a hidden file", "/home/ana/.worktrees/onepay/spec/paths/.customers.yaml.swp", true],
    ["a file in a hidden folder", "/home/ana/.worktrees/onepay/spec/.cache/info.yaml", true],
    ["a backup file", "/home/ana/.worktrees/onepay/spec/info.yaml~", true],
    ["a swap file", "/home/ana/.worktrees/onepay/spec/info.yaml.swp", true],
  ])("for %s", (_what, path, expected) => {
    expect(isIgnored(path, "/home/ana/.worktrees/onepay/spec")).toBe(expected);
  });
});
