import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/cli.js";
import { shape } from "./shape.js";

const read = (name: string) => readFileSync(join(root, name), "utf8");

describe("the README in Spanish", () => {
  it("has the same sections, code, tables and links as the English one", () => {
    expect(shape(read("README.es.md"))).toEqual(shape(read("README.md")));
  });

  it("has no sentence of the English one", () => {
    const sentences = (text: string) =>
      new Set(
        text
          .replace(/^```[\s\S]*?^```$/gm, "")
          .split("\n")
          .filter((line) => /[a-z]{3}/.test(line) && !line.startsWith("# ")),
      );
    const english = sentences(read("README.md"));
    expect([...sentences(read("README.es.md"))].filter((line) => english.has(line))).toEqual([]);
  });
});

describe.each(["README.md", "README.es.md", "AGENTS.md"])("%s", (name) => {
  it("links to files that exist", () => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, to = ""]) => to);
    expect(links.filter((to) => !existsSync(join(root, to)))).toEqual([]);
  });
});
