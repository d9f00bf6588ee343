import { expect, test } from "vitest";
import { closeUnreleased, unreleased } from "../../scripts/release/changelog.js";

const changelog = (...lines: string[]) =>
  ["# Changelog", "", "## Unreleased", "", ...lines, "", "## 0.1.0 (2026-01-01)", "", "- old", ""].join("\n");

test("reads each line under Unreleased with its kind, and no older line", () => {
  const entries = unreleased(
    changelog(
      "### Lists",
      "- **API changed:** A page holds",
      "  20 items.",
      "- **Client**: Shorter messages.",
    ),
  );
  expect(entries).toEqual([
    { kind: "API changed", text: "- **API changed:** A page holds\n  20 items." },
    { kind: "Client", text: "- **Client**: Shorter messages." },
  ]);
});

test("rejects lines without a kind, and prints their line numbers", () => {
  const text = changelog("- **API changed:** One.", "- Phones may be null.", "- **Fixed:** Two.");
  expect(() => unreleased(text)).toThrow(
    /CHANGELOG\.md:6 {2}- Phones may be null\.\n {2}CHANGELOG\.md:7 {2}- \*\*Fixed:\*\* Two\.\n.*\*\*Only the document was wrong:\*\*/s,
  );
});

test("rejects a line that has only a kind", () => {
  expect(() => unreleased(changelog("- **Client:**"))).toThrow("CHANGELOG.md:5");
});

test("rejects an empty or missing Unreleased section", () => {
  expect(() => unreleased(changelog())).toThrow('no lines under "## Unreleased"');
  expect(() => unreleased("# Changelog\n")).toThrow('no section "## Unreleased"');
});

test("moves the lines below the version and leaves Unreleased empty", () => {
  const text = closeUnreleased(changelog("- **Client:** Shorter messages."), "0.2.0", "2026-11-22");
  expect(text).toContain(
    "## Unreleased\n\n## 0.2.0 (2026-11-22)\n\n- **Client:** Shorter messages.\n\n## 0.1.0",
  );
  expect(() => unreleased(text)).toThrow('no lines under "## Unreleased"');
});
