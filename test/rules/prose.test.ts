import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findingsIn, glossaryRules } from "../../scripts/lint/comments.js";
import { proseFindings } from "../../scripts/lint/prose.js";

test("the glossary rules report words in comments and in test names, with their lines", async () => {
  const source = [
    "/**",
    " * The answer of the API.",
    " */",
    'export const url = "https://example.com/answer";',
    'test.each([1])("asks whoever is there", () => {});',
  ].join("\n");
  const found = findingsIn("sample.ts", source, await glossaryRules());
  expect(found.map(({ line, rule }) => [line, rule])).toEqual([
    [2, "glossary/response"],
    [5, "glossary/plain-words"],
  ]);
});

test("the glossary rules ignore identifiers, strings and code in comments", async () => {
  const source = '// Returns `answer`.\nconst answer = "a door";\nconst pattern = /\\/\\/ told/;\n';
  expect(findingsIn("sample.ts", source, await glossaryRules())).toEqual([]);
});

test("the prose rules report a glossary word and a long sentence in a Markdown file", async ({
  onTestFinished,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "onepay-client-prose-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "page.md");
  const long = `This sentence ${"goes on and ".repeat(9)}ends.`;
  writeFileSync(file, `# A page\n\nThe answer is a customer.\n\n${long}\n\nUna llave de idempotencia.\n`);
  const found = await proseFindings([file]);
  expect(found.map(({ line, rule }) => [line, rule])).toEqual([
    [3, "glossary/response"],
    [5, "google/sentence-length"],
    [7, "spanish/terms"],
  ]);
});
