// The docs of our document: the pages work offline, and the files next to them are complete.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { readIndex } from "../../scripts/docs/guides.js";
import { inSpanish } from "../../scripts/docs/labels.js";
import { withPatches } from "../../scripts/docs/patches.js";
import { strings } from "../../scripts/docs/strings.js";
import { countEvidence } from "../../scripts/evidence/count.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { type Any, type BuiltDocs, build, shownIn } from "./built-docs.js";

const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { homepage: string };
const slugs = readIndex(join(root, "spec/guides")).map(({ slug }) => slug);
const onepay = (await readDocument()) as Any;

let docs: BuiltDocs;
const pages: Record<string, string> = {};
const shown: Record<string, Any> = {};
beforeAll(async () => {
  docs = await build();
  for (const [language, file] of Object.entries({ en: "index.html", es: "es/index.html" })) {
    pages[language] = docs.read(file);
    shown[language] = shownIn(docs.read(file));
  }
}, 120_000);
afterAll(() => docs?.remove());

describe.each(["en", "es"])("the page in %s", (language) => {
  const page = () => pages[language] ?? "";

  test("states its language", () => {
    expect(page()).toContain(`<html lang="${language}">`);
  });

  test.each([
    ["script, image or frame", /<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["'](?!data:)/i],
    [
      "style sheet or icon",
      /<link\b[^>]*\brel=["'](?:stylesheet|preload|modulepreload|icon|preconnect)["'][^>]*\bhref=["'](?!data:)/i,
    ],
    ["font or background", /url\(\s*["']?(?:https?:)?\/\//i],
  ])("loads no %s", (_, address) => {
    // Tags in the strings of Redoc's program load nothing.
    expect(page().replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/g, "$1")).not.toMatch(address);
  });

  test("imports no program, and contains no address of Redoc's servers", () => {
    expect(page()).not.toMatch(/^\s*import .* from ["']https?:/m);
    expect(page()).not.toMatch(/cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com/);
  });

  test("forbids the browser to load anything from another host", () => {
    const [, policy = ""] = /Content-Security-Policy" content="([^"]+)"/.exec(page()) ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  test("states at createCustomer that its example is OnePay's own", () => {
    const { description } = shown[language].paths["/customers"].post;
    expect(description).toMatch(/OnePay[\s\S]*Juan Pérez[\s\S]*John Doe/);
  });

  test("has the guides before the operations, linked to each other as pages", () => {
    const { tags, "x-tagGroups": groups } = shown[language];
    expect(groups).toEqual([
      { name: { en: "Guides", es: "Guías" }[language], tags: slugs },
      {
        name: { en: "API reference", es: "Referencia de la API" }[language],
        tags: onepay.tags.map(({ name }: Any) => name),
      },
    ]);
    expect(tags.map(({ description }: Any) => description).join("\n")).toContain("](#/errors)");
  });

  test("copies guides as Markdown with links that work anywhere", () => {
    for (const { name, "x-guide": markdown } of shown[language].tags.slice(0, slugs.length)) {
      expect(markdown, name).toMatch(/^# \p{L}/u);
      expect(markdown, name).not.toMatch(/\]\((?!https:)/);
    }
  });
});

describe("the guides", () => {
  test("have their samples and tables, and link to other guides by their files", () => {
    const text = slugs.map((slug) => docs.read(`guides/${slug}.md`)).join("\n");
    expect(text).not.toMatch(/file=|\{\{/);
    expect(text).toContain("idempotencyKeyFrom(");
    expect(text).toContain("](errors.md)");
  });

  test("have the comments of their samples in Spanish", () => {
    expect(shown.es.info.description).toContain("// La llave de API se lee de ONEPAY_API_KEY.");
  });

  test("start with a home page: what it is, the installation, the first call, and no license", () => {
    const { license, version, description } = shown.en.info;
    expect([license, version]).toEqual([undefined, ""]);
    for (const text of ["npm install onepay-client", "onepay.customers.create(", "](#/getting-started)"])
      expect(description).toContain(text);
    expect(description).not.toMatch(/evidence|assumed|observed/i);
  });

  test("have the same numbers in their tables as `npm run evidence`", () => {
    const { operations, assumptions } = countEvidence(onepay);
    const guide = docs.read("guides/evidence.md");
    for (const { operationId, counts } of operations)
      expect(guide).toContain(`| \`${operationId}\` | ${Object.values(counts).join(" | ")} |`);
    for (const { reason } of assumptions) expect(guide).toContain(reason.replace(/\s*\n\s*/g, " "));
  });
});

describe("the files next to the pages", () => {
  test("include the OpenAPI document in the language of the page, without what only the docs show", () => {
    expect(JSON.parse(docs.read("openapi.json"))).toEqual(onepay);
    expect(JSON.parse(docs.read("es/openapi.json")).info.title).toBe("API de clientes de OnePay");
  });

  test("include an llms.txt that lists every operation and every guide, with links to files that exist", () => {
    const text = docs.read("llms.txt");
    const links = [...text.matchAll(/\]\((\S+?)\)/g)].map(([, to = ""]) => to);
    expect(links.filter((to) => !to.startsWith(homepage))).toEqual([]);
    const files = links.map((to) =>
      to
        .slice(homepage.length)
        .replace(/#.*/, "")
        .replace(/(^|\/)$/, "$1index.html"),
    );
    expect(files.filter((file) => !existsSync(join(docs.folder, file)))).toEqual([]);
    for (const { operationId } of countEvidence(onepay).operations)
      expect(text).toContain(`[${operationId}]`);
    expect(text.match(/guides\/[\w-]+\.md/g)).toHaveLength(slugs.length);
  });
});

test("the build fails, by name, if Redoc no longer has what the docs change", () => {
  expect(() => withPatches("<html></html>")).toThrow(/no longer contains the code block/);
  expect(() => inSpanish("<html></html>")).toThrow(/no longer contains "its program"/);
  const program = '<script type="module">x const __redoc_definition = 1';
  expect(() => inSpanish(program)).toThrow(/no longer contains "Hide"/);
});

test("the strings of the docs differ in both languages, except for names", () => {
  const leaves = (value: unknown, path = ""): [string, unknown][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`))
      : [[path, value]];
  const spanish = new Map(leaves(strings.es));
  const same = leaves(strings.en).filter(([path, text]) => spanish.get(path) === text);
  const names = [".samples.client.ts", ".samples.fetch.ts", ".samples.curl.sh", ".bar.specification"];
  expect(same.map(([path]) => path)).toEqual(names);
});
