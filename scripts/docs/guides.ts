// The guides: Markdown in both languages. Each becomes a page of the docs, before the operations.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Code, Nodes } from "mdast";
import { parse } from "yaml";
import { shown, UserError } from "../cli.js";
import type { Language } from "../generate/language.js";
import type { Document } from "../openapi/document.js";
import { evidenceTables } from "./evidence.js";
import { editMarkdown, withLinks } from "./markdown.js";
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

/** An entry of index.yaml. */
interface Entry {
  slug: string;
  keywords?: Partial<Record<Language, string[]>>;
}

/** The name of the first page. It isn't in the index, because it's always first. */
export const homeSlug = "home";

export const readIndex = (folder: string): Entry[] => parse(read(join(folder, "index.yaml"))) as Entry[];

/** The guides in `folder`: the first page, then the others in the order of the index. None if there is no such folder. */
export function readGuides(folder: string, samples: string, document: Document, language: Language): Guide[] {
  if (!existsSync(folder)) return [];
  const entries = readIndex(folder);
  const tables = evidenceTables(document, language);
  const translations = readTranslations(samples, language);
  const readGuide = ({ slug, keywords = {} }: Entry): Guide => {
    const file = join(folder, language, `${slug}.md`);
    const [, title, text] = /^# (.+)\n([\s\S]*)$/.exec(read(file)) ?? [];
    if (!title || !text) throw new UserError(`${shown(file)}:1:1  A guide starts with its title: "# …".`);
    const edit = (node: Nodes): string | undefined => {
      const sample = node.type === "code" ? sampleFileOf(node) : undefined;
      if (node.type === "code" && sample) {
        const code = read(join(folder, "samples", sample)).trimEnd();
        return `\`\`\`${node.lang}\n${translateCode(code, translations)}\n\`\`\``;
      }
      const table = tableNameOf(node);
      if (table && !tables[table]) throw new UserError(`${shown(file)}  There is no table {{${table}}}.`);
      const link = node.type === "link" ? guideIn(node.url) : undefined;
      if (link && !entries.some((entry) => entry.slug === link))
        throw new UserError(`${shown(file)}  There is no guide ${link}.md.`);
      return table && tables[table];
    };
    return { slug, title, keywords: keywords[language] ?? [], text: editMarkdown(text.trim(), edit) };
  };
  return [{ slug: homeSlug }, ...entries].map(readGuide);
}

/** The file that a code block shows: ```ts file=keys.ts``` shows samples/keys.ts. */
export const sampleFileOf = ({ meta }: Code): string | undefined => /^file=(\S+)$/.exec(meta ?? "")?.[1];

/** The table that a paragraph shows: {{operations}} alone in a paragraph. */
function tableNameOf(node: Nodes): string | undefined {
  if (node.type !== "paragraph" || node.children.length !== 1) return undefined;
  const [child] = node.children;
  return child?.type === "text" ? /^\{\{(\w+)\}\}$/.exec(child.value)?.[1] : undefined;
}

function read(file: string): string {
  if (!existsSync(file)) throw new UserError(`There is no file ${shown(file)}, but the guides name it.`);
  return readFileSync(file, "utf8");
}

/** The guide that a relative link leads to. */
const guideIn = (url: string): string | undefined => /^([\w-]+)\.md$/.exec(url)?.[1];

/** A guide's text with the links to other guides changed. */
export const withGuideLinks = (text: string, urlOf: (slug: string) => string): string =>
  withLinks(text, (url) => {
    const slug = guideIn(url);
    return slug === undefined ? undefined : urlOf(slug);
  });

// In the docs, each guide is a page.
const forPage = ({ text }: Guide): string => withGuideLinks(text, (slug) => `#/${slug}`);

/** A guide as a file next to the other guides. `home` is the address of the docs in the guide's language. */
export const guideFile = ({ title, text }: Guide, home: string): string =>
  // A link to an operation leads to the pages of the docs.
  `# ${title}\n\n${withLinks(text, (url) => (url.startsWith("#/") ? home + url : undefined))}\n`;

/** The document with its guides as the first pages. The Copy button of a guide copies Markdown that works anywhere. */
export function withGuides(document: Document, guides: Guide[], language: Language, home: string): Document {
  const [first, ...others] = guides;
  if (!first) return document;
  const { tags = [], info } = document as { tags?: { name: string }[]; info?: object };
  const guideTags = others.map((guide) => ({
    name: guide.slug,
    description: forPage(guide),
    "x-displayName": guide.title,
    "x-guide": withGuideLinks(guideFile(guide, home), (slug) => `${home}guides/${slug}.md`),
    "x-search-keywords": guide.keywords.join(" "),
  }));
  // The first page replaces the document's own introduction. Redoc shows no version if it's empty.
  const introduction = { title: first.title, version: "", description: forPage(first) };
  return {
    ...document,
    info: { ...info, ...introduction, summary: undefined, license: undefined },
    tags: [...guideTags, ...tags],
    "x-tagGroups": [
      { name: strings[language].guides, tags: others.map(({ slug }) => slug) },
      { name: strings[language].operations, tags: tags.map(({ name }) => name) },
    ],
  } as Document;
}
