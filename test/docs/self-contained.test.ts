import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/cli.js";
import { buildDocs } from "../../scripts/docs/build.js";
import { withPatches } from "../../scripts/docs/patches.js";

let folder = "";
let pages: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onepay-docs-test-"));
  const built = await buildDocs({ spec: join(root, "spec/openapi.yaml"), out: folder });
  pages = await Promise.all(built.pages.map((page) => readFile(page, "utf8")));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ["English", "en", 0],
  ["Spanish", "es", 1],
])("the %s page", (_name, language, index) => {
  const page = () => pages[index] ?? "";
  // Tags in the strings of Redoc's program load nothing.
  const markup = () => page().replace(/<script[\s>][\s\S]*?<\/script>/g, "");

  it("states its language", () => {
    expect(page()).toContain(`<html lang="${language}">`);
  });

  it("loads no script, style, image or font", () => {
    expect(markup()).not.toMatch(/<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["'](?!data:)/i);
    expect(markup()).not.toMatch(
      /<link\b[^>]*\brel=["'](?:stylesheet|preload|modulepreload|icon|preconnect)["'][^>]*\bhref=["'](?!data:)/i,
    );
    expect(markup()).not.toMatch(/url\(\s*["']?(?:https?:)?\/\//i);
    expect(page()).not.toMatch(/^\s*import .* from ["']https?:/m);
  });

  it("contains no address of Redoc's servers", () => {
    expect(page()).not.toMatch(/cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com/);
  });

  it("forbids the browser to load anything from another host", () => {
    const [, policy = ""] = /Content-Security-Policy" content="([^"]+)"/.exec(page()) ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*/);
  });
});

describe("the patches of Redoc's page", () => {
  it("fail the build, by name, if Redoc no longer has what they change", () => {
    expect(() => withPatches("<html></html>")).toThrow(/no longer contains links without #/);
  });
});
