// The docs in the language under test: their texts, guides and operations.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inject } from "vitest";
import { root } from "../../scripts/cli.js";
import { homeSlug, readIndex, withGuideLinks } from "../../scripts/docs/guides.js";
import { nodesOf } from "../../scripts/docs/markdown.js";
import type { Document } from "../../scripts/openapi/document.js";
import { operationsOf } from "../../scripts/openapi/operations.js";

const languages = {
  en: { language: "en", name: "English", folder: "", home: "OnePay customers API", copy: "Copy" },
  es: { language: "es", name: "Spanish", folder: "es", home: "API de clientes de OnePay", copy: "Copiar" },
} as const;

// Each language is a project of vitest.config.ts, so that they run at the same time.
const texts = languages[process.env.DOCS_LANGUAGE as "en" | "es"];
/** `copy` is the label of the copy buttons. */
export const { language, name, home, copy } = texts;

const folder = join(inject("docs"), texts.folder);
export const address = pathToFileURL(join(folder, "index.html")).href;

const guides = join(root, "spec/guides");
/** The names of the guides. The home page has none. */
export const slugs = readIndex(guides).map(({ slug }) => slug);

export const slugOf = (tag: string): string => tag.toLowerCase().replaceAll(" ", "-");

const description = JSON.parse(readFileSync(join(folder, "openapi.json"), "utf8")) as Document;
export const operations = [...operationsOf(description)].map(
  ({ operation: { operationId = "", summary = "", tags: [tag = ""] = [] } }) => ({
    operationId,
    summary,
    tag,
    hash: `#/${slugOf(tag)}/${operationId.toLowerCase()}`,
  }),
);

const sourceOf = (slug: string): string =>
  readFileSync(join(guides, language, `${slug || homeSlug}.md`), "utf8");

export const titleOf = (slug: string): string => /(?<=^# ).*/m.exec(sourceOf(slug))?.[0] ?? "";

export const linksOf = (slug: string): string[] => nodesOf(sourceOf(slug), "link").map(({ url }) => url);

export const codeBlocksOf = (slug: string): number => nodesOf(sourceOf(slug), "code").length;

const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { homepage: string };

/** The Markdown that the copy button of a guide copies: its file, with links that work anywhere. */
export const markdownOf = (slug: string): string =>
  withGuideLinks(
    readFileSync(join(folder, `guides/${slug}.md`), "utf8"),
    (to) => `${homepage}${texts.folder && `${texts.folder}/`}guides/${to}.md`,
  );
