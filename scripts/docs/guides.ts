// The guides: markdown in both languages, rendered as pages of the docs before the operations.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { shown, UserError } from "../cli.js";
import type { Language } from "../generate/language.js";
import type { Document } from "../generate/openapi.js";
import { evidenceTables } from "./evidence.js";
import { words } from "./words.js";

export interface Guide {
  /** Its name in addresses, the same in both languages. */
  slug: string;
  title: string;
  /** Markdown, samples and tables in place. */
  text: string;
}

/** The guides in `folder`, in the order of its index. None where there is no such folder. */
export async function readGuides(folder: string, document: Document, language: Language): Promise<Guide[]> {
  if (!existsSync(folder)) return [];
  const slugs = parse(await readFile(join(folder, "index.yaml"), "utf8")) as string[];
  const tables = evidenceTables(document, language);
  return Promise.all(
    slugs.map(async (slug) => {
      const file = join(folder, language, `${slug}.md`);
      const [, title, text] = /^# (.+)\n([\s\S]*)$/.exec(await read(file)) ?? [];
      if (!title || !text) throw new UserError(`${shown(file)}:1:1  A guide begins with its title: "# …".`);
      return { slug, title, text: linked(await sampled(tabled(text, tables, file), folder), slugs, file) };
    }),
  );
}

/** The document with its guides as the first pages. */
export function withGuides(document: Document, guides: Guide[], language: Language): Document {
  if (guides.length === 0) return document;
  const { tags = [] } = document as { tags?: { name: string }[] };
  const pages = guides.map(({ slug, title, text }) => ({
    name: slug,
    "x-displayName": title,
    description: text,
  }));
  const say = words[language];
  return {
    ...document,
    tags: [...pages, ...tags],
    "x-tagGroups": [
      { name: say.guides, tags: guides.map(({ slug }) => slug) },
      { name: say.operations, tags: tags.map(({ name }) => name) },
    ],
  } as Document;
}

// ```ts file=keys.ts``` stands for the file of that name in samples/.
async function sampled(text: string, folder: string): Promise<string> {
  const files = [...text.matchAll(samplePattern)].map(([, , name = ""]) => name);
  const sources = new Map(
    await Promise.all(files.map(async (name) => [name, await read(join(folder, "samples", name))] as const)),
  );
  return text.replace(
    samplePattern,
    (_, language: string, name: string) => `\`\`\`${language}\n${sources.get(name)?.trimEnd()}\n\`\`\``,
  );
}

/** A code block of a guide that stands for a file: its language, and the file's name. */
export const samplePattern = /^```(\w+) file=(\S+)\n```$/gm;

const tabled = (text: string, tables: Record<string, string>, file: string): string =>
  text.replace(/^\{\{(\w+)\}\}$/gm, (_, name: string) => {
    const table = tables[name];
    if (table === undefined) throw new UserError(`${shown(file)}  There is no table {{${name}}}.`);
    return table;
  });

// Links between the guides work in the files as they are; in the docs each guide is a page of its own.
const linked = (text: string, slugs: string[], file: string): string =>
  text.replace(/\]\(([\w-]+)\.md\)/g, (_, slug: string) => {
    if (!slugs.includes(slug)) throw new UserError(`${shown(file)}  There is no guide ${slug}.md.`);
    return `](#/${slug})`;
  });

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UserError(`There is no file ${shown(file)}; the guides name it.`);
  }
}
