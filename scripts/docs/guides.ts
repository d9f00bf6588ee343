// The guides: Markdown in both languages. Each becomes a page of the docs, before the operations.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { shown, UserError } from "../cli.js";
import type { Language } from "../generate/language.js";
import type { Document } from "../openapi/document.js";
import { evidenceTables } from "./evidence.js";
import { editMarkdown, nodesOf, sampleFileOf, tableNameOf, withUrl } from "./markdown.js";
import { readTranslations, translateCode } from "./spanish-code.js";
import { strings } from "./strings.js";

export interface Guide {
  /** Its name in addresses, the same in both languages. */
  slug: string;
  title: string;
  /** Markdown with its samples and tables. Links to other guides lead to their files. */
  text: string;
  /** Words that the search finds the guide by, in addition to its text. */
  keywords: string[];
}

export interface Guides {
  /** The first page of the docs. */
  home: Guide;
  pages: Guide[];
}

/** An entry of index.yaml. */
interface Entry {
  slug: string;
  keywords?: { [L in Language]?: string[] };
}

/** The name of the first page. It isn't in the index, because it's always first. */
export const homeSlug = "home";

export const readIndex = async (folder: string): Promise<Entry[]> =>
  parse(await readFile(join(folder, "index.yaml"), "utf8")) as Entry[];

/** The guides in `folder`, in the order of its index; `undefined` if there is no such folder. */
export async function readGuides(
  folder: string,
  samples: string,
  document: Document,
  language: Language,
): Promise<Guides | undefined> {
  if (!existsSync(folder)) return undefined;
  const entries = await readIndex(folder);
  const tables = evidenceTables(document, language);
  const translations = language === "es" ? await readTranslations(samples) : {};
  const readGuide = async ({ slug, keywords = {} }: Entry): Promise<Guide> => {
    const file = join(folder, language, `${slug}.md`);
    const source = await read(file);
    const [, title, text] = /^# (.+)\n([\s\S]*)$/.exec(source) ?? [];
    if (!title || !text) throw new UserError(`${shown(file)}:1:1  A guide starts with its title: "# …".`);
    const files = await readSamples(text, join(folder, "samples"));
    return {
      slug,
      title,
      keywords: keywords[language] ?? [],
      text: editMarkdown(text.trim(), (node) => {
        if (node.type === "code") {
          const sample = files.get(sampleFileOf(node) ?? "");
          return sample && `\`\`\`${node.lang}\n${translateCode(sample.trimEnd(), translations)}\n\`\`\``;
        }
        if (node.type === "paragraph") return tableFor(tableNameOf(node), tables, file);
        if (node.type === "link") checkLink(node.url, entries, file);
        return undefined;
      }),
    };
  };
  const [home, ...pages] = await Promise.all([{ slug: homeSlug }, ...entries].map(readGuide));
  return home && { home, pages };
}

/** The sample files that a guide shows, by name. */
async function readSamples(markdown: string, folder: string): Promise<Map<string, string>> {
  const names = nodesOf(markdown, "code").flatMap((code) => sampleFileOf(code) ?? []);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await read(join(folder, name))] as const)),
  );
}

function tableFor(
  name: string | undefined,
  tables: Record<string, string>,
  file: string,
): string | undefined {
  if (name === undefined) return undefined;
  const table = tables[name];
  if (table === undefined) throw new UserError(`${shown(file)}  There is no table {{${name}}}.`);
  return table;
}

function checkLink(url: string, entries: Entry[], file: string): void {
  const slug = guideIn(url);
  if (slug !== undefined && !entries.some((entry) => entry.slug === slug))
    throw new UserError(`${shown(file)}  There is no guide ${slug}.md.`);
}

/** The guide that a relative link leads to. */
const guideIn = (url: string): string | undefined => /^([\w-]+)\.md$/.exec(url)?.[1];

/** A guide's text with the links to other guides changed. */
export const withGuideLinks = (text: string, urlOf: (slug: string) => string): string =>
  withLinks(text, (url) => {
    const slug = guideIn(url);
    return slug === undefined ? undefined : urlOf(slug);
  });

/** A text with other addresses in its links. A link for which the callback returns `undefined` stays as it is. */
export const withLinks = (text: string, change: (url: string) => string | undefined): string =>
  editMarkdown(text, (node, source) => {
    const url = node.type === "link" ? change(node.url) : undefined;
    return url !== undefined && node.type === "link" ? withUrl(node, source, url) : undefined;
  });

/** The document with its guides as the first pages. `markdownOf` returns what the Copy button of a guide copies. */
export function withGuides(
  document: Document,
  { home, pages }: Guides,
  language: Language,
  markdownOf: (guide: Guide) => string,
): Document {
  const { tags = [], info } = document as { tags?: { name: string }[]; info?: object };
  const guideTags = pages.map((guide) => ({
    name: guide.slug,
    description: forPage(guide),
    "x-displayName": guide.title,
    "x-guide": markdownOf(guide),
    "x-search-keywords": guide.keywords.join(" "),
  }));
  const { guides, operations } = strings[language];
  return {
    ...document,
    // The home page replaces the document's own introduction. Redoc shows no version if it's empty.
    info: {
      ...info,
      title: home.title,
      version: "",
      summary: undefined,
      license: undefined,
      description: forPage(home),
    },
    tags: [...guideTags, ...tags],
    "x-tagGroups": [
      { name: guides, tags: pages.map(({ slug }) => slug) },
      { name: operations, tags: tags.map(({ name }) => name) },
    ],
  } as Document;
}

// In the docs, each guide is a page.
const forPage = ({ text }: Guide): string => withGuideLinks(text, (slug) => `#/${slug}`);

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UserError(`There is no file ${shown(file)}, but the guides name it.`);
  }
}
