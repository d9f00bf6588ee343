import { expect, test } from "vitest";
import { closed, unreleased } from "../../scripts/release/changelog.js";

const changelog = (...lines: string[]) =>
  ["# Changelog", "", "## Unreleased", "", ...lines, "", "## 0.1.0 (2026-01-01)", "", "- old", ""].join("\n");

test("every line under Unreleased is read with its kind, and older lines are left alone", () => {
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

test("a line that does not say whether the API or the document changed is named with its place", () => {
  const text = changelog("- **API changed:** One.", "- Phones may be null.", "- **Fixed:** Two.");
  expect(() => unreleased(text)).toThrow(
    /CHANGELOG\.md:6 {2}- Phones may be null\.\n {2}CHANGELOG\.md:7 {2}- \*\*Fixed:\*\* Two\.\n.*\*\*Only the document was wrong:\*\*/s,
  );
});

test("a kind without a word about the change is refused", () => {
  expect(() => unreleased(changelog("- **Client:**"))).toThrow("CHANGELOG.md:5");
});

test("a release without a line is refused", () => {
  expect(() => unreleased(changelog())).toThrow('nothing under "## Unreleased"');
  expect(() => unreleased("# Changelog\n")).toThrow('no section "## Unreleased"');
});

test("closing moves the lines under the version and leaves Unreleased empty", () => {
  const text = closed(changelog("- **Client:** Shorter messages."), "0.2.0", "2026-11-22");
  expect(text).toContain(
    "## Unreleased\n\n## 0.2.0 (2026-11-22)\n\n- **Client:** Shorter messages.\n\n## 0.1.0",
  );
  expect(() => unreleased(text)).toThrow('nothing under "## Unreleased"');
});
