// The README, AGENTS.md and the guides: both languages have the same structure, and their links and tables are right.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { operations } from "../../generated/operations.js";
import { root } from "../../scripts/cli.js";
import { homeSlug, readIndex, sampleFileOf } from "../../scripts/docs/guides.js";
import { nodesOf } from "../../scripts/docs/markdown.js";
import type { Operation } from "../../src/types.js";

const read = (name: string) => readFileSync(join(root, name), "utf8");
const { homepage } = JSON.parse(read("package.json")) as { homepage: string };

/**
 * What two languages of one text must share, in order: headings by level, code blocks without their comments, the code
 * that table rows start with, lists, paragraphs, and the targets of links.
 */
function structureOf(markdown: string): string[] {
  const blocks = markdown.split(/(^```[\s\S]*?^```$)/m).flatMap((part) => {
    // Comments are translated.
    if (part.startsWith("```")) return [part.replace(/\s*(?<=^|\s)(#|\/\/) .*$/gm, "")];
    const lines = part.split("\n").filter((line) => line.trim() !== "" && !linkToOtherLanguage.test(line));
    return lines.map((line) => {
      const heading = /^#+(?= )/.exec(line)?.[0];
      if (heading) return heading;
      if (line.startsWith("|")) return `| ${/^\| (`[^`]*`) \|/.exec(line)?.[1] ?? "…"}`;
      return line.startsWith("- ") ? "-" : "text";
    });
  });
  const links = [...markdown.matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => `link ${to}`);
  return [...blocks, ...links.filter((link) => !/link README(\.es)?\.md$/.test(link))];
}

/** A line that links to the same text in the other language. */
const linkToOtherLanguage = /^\[[^\]]+\]\(README(\.es)?\.md\)$/;

describe("each guide", () => {
  const slugs = [homeSlug, ...readIndex(join(root, "spec/guides")).map(({ slug }) => slug)];
  const guide = (language: string, slug: string) => read(`spec/guides/${language}/${slug}.md`);
  const samplesIn = (language: string, slug: string) =>
    nodesOf(guide(language, slug), "code").flatMap((code) => sampleFileOf(code) ?? []);

  test.each(slugs)("shows a sample, and has the same structure in both languages: %s", (slug) => {
    expect(samplesIn("en", slug).length).toBeGreaterThan(0);
    expect(samplesIn("es", slug)).toEqual(samplesIn("en", slug));
    expect(structureOf(guide("es", slug))).toEqual(structureOf(guide("en", slug)));
  });

  test.each(["en", "es"])("is in the index: %s", (language) => {
    const files = readdirSync(join(root, "spec/guides", language));
    expect(files.sort()).toEqual(slugs.map((slug) => `${slug}.md`).sort());
  });

  test("shows a sample that no other guide shows, and all samples are shown", () => {
    const samples = readdirSync(join(root, "spec/guides/samples"), { recursive: true, encoding: "utf8" });
    const files = samples.filter((file) => file !== "jobs");
    expect(slugs.flatMap((slug) => samplesIn("en", slug)).sort()).toEqual(files.sort());
  });
});

describe("the README in Spanish", () => {
  test("has the same sections, code, tables and links as the English one", () => {
    // Links to headings, to the guides of the docs and to the screenshot differ between the languages.
    const withEnglishLinks = (markdown: string) =>
      markdown
        .replaceAll(`](${homepage}es/#`, `](${homepage}#`)
        .replace("docs.es.png", "docs.png")
        .replace(/\]\(#[^)]*\)/g, "](#)");
    const [spanish, english] = [read("README.es.md"), read("README.md")]
      .map(withEnglishLinks)
      .map(structureOf);
    expect(spanish).toEqual(english);
  });

  test("has no sentence of the English one", () => {
    // Code and names, such as "Cloudflare Workers", are the same in both languages.
    const isSentence = (line: string) => (line.replace(/`[^`]*`/g, "").match(/\p{L}{2,}/gu)?.length ?? 0) > 3;
    const [english, spanish] = ["README.md", "README.es.md"].map((name) => {
      const lines = read(name)
        .replace(/^```[\s\S]*?^```$/gm, "")
        .split("\n");
      return lines.filter(isSentence);
    });
    expect(spanish?.filter((line) => english?.includes(line))).toEqual([]);
  });
});

test.each(["README.md", "README.es.md"])(
  "the table of methods in %s lists each with its HTTP call",
  (name) => {
    const rows = [...read(name).matchAll(/^\| `(\w+\.\w+)` \| `([A-Z]+ \/\S*)` \|$/gm)];
    expect(rows.map(([, method, call]) => [method, call])).toEqual(
      Object.values<Operation>(operations).map((operation) => [
        `${operation.resource}.${operation.name}`,
        `${operation.method.toUpperCase()} ${operation.path}`,
      ]),
    );
  },
);

test.each(["README.md", "README.es.md", "AGENTS.md"])("%s links to files and guides that exist", (name) => {
  const links = [...read(name).matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => to);
  const files = links.flatMap((to) => {
    if (/^https:[^)]*#\//.test(to)) {
      const [, language = "en", slug] = /^(?:(es)\/)?#\/([\w-]+)$/.exec(to.slice(homepage.length)) ?? [];
      return [`spec/guides/${language}/${slug}.md`];
    }
    return /^(https?:|#)/.test(to) ? [] : [to];
  });
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
