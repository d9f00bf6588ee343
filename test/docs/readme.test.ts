import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { operations } from "../../generated/operations.js";
import { root } from "../../scripts/cli.js";
import type { Operation } from "../../src/types.js";
import { shape } from "./shape.js";

const read = (name: string) => readFileSync(join(root, name), "utf8");

const { homepage } = JSON.parse(read("package.json")) as { homepage: string };

/** Links to headings, and to the guides of the docs, differ between the languages. */
const withEnglishLinks = (markdown: string) =>
  markdown.replaceAll(`](${homepage}es/#`, `](${homepage}#`).replace(/\]\(#[^)]*\)/g, "](#)");

describe("the README in Spanish", () => {
  it("has the same sections, code, tables and links as the English one", () => {
    expect(shape(withEnglishLinks(read("README.es.md")))).toEqual(shape(withEnglishLinks(read("README.md"))));
  });

  it("has no sentence of the English one", () => {
    // Code and names, such as "Cloudflare Workers", are the same in both languages.
    const words = (line: string) => line.replace(/`[^`]*`/g, "").match(/\p{L}{2,}/gu)?.length ?? 0;
    const sentences = (text: string) =>
      new Set(
        text
          .replace(/^```[\s\S]*?^```$/gm, "")
          .split("\n")
          .filter((line) => words(line) > 3),
      );
    const english = sentences(read("README.md"));
    expect([...sentences(read("README.es.md"))].filter((line) => english.has(line))).toEqual([]);
  });
});

describe.each(["README.md", "README.es.md"])("the table of methods in %s", (name) => {
  it("lists every method with its HTTP call", () => {
    const rows = [...read(name).matchAll(/^\| `(\w+\.\w+)` \| `([A-Z]+ \/\S*)` \|$/gm)];
    const listed = rows.map(([, method, call]) => [method, call]);
    const expected = Object.values<Operation>(operations).map((operation) => [
      `${operation.resource}.${operation.name}`,
      `${operation.method.toUpperCase()} ${operation.path}`,
    ]);
    expect(listed).toEqual(expected);
  });
});

describe.each(["README.md", "README.es.md", "AGENTS.md"])("%s", (name) => {
  it("links to files that exist", () => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, to = ""]) => to);
    expect(links.filter((to) => !existsSync(join(root, to)))).toEqual([]);
  });

  it("links to guides that exist", () => {
    const guides = [...read(name).matchAll(/\]\((https:[^)]*#\/[^)]+)\)/g)].map(([, to = ""]) => to);
    const files = guides.map((to) => {
      const [, language = "en", slug] = /^(?:(es)\/)?#\/([\w-]+)$/.exec(to.slice(homepage.length)) ?? [];
      return `spec/guides/${language}/${slug}.md`;
    });
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
