// From the document to the docs: one self-contained page a language.
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, UserError } from "../cli.js";
import { bundle } from "../generate/document.js";
import { type Language, languages } from "../generate/language.js";
import { redocly } from "../redocly.js";
import { selfContained } from "./self-contained.js";

const config = join(root, "scripts/docs/redocly.yaml");

export interface DocsOptions {
  /** The document. @default spec/openapi.yaml */
  spec?: string;
  /** The folder of the pages; what else stands in it is left alone. @default dist/docs */
  out?: string;
}

/** Where the page of a language stands in the folder of the docs. */
export const pageOf = (language: Language): string =>
  language === "en" ? "index.html" : join(language, "index.html");

/** Renders the docs in both languages at once and resolves with the paths of their pages, English first. */
export async function buildDocs({
  spec = join(root, "spec/openapi.yaml"),
  out = join(root, "dist/docs"),
}: DocsOptions = {}): Promise<{ pages: string[] }> {
  const texts = await Promise.all(languages.map((language) => render(spec, language)));
  const pages = languages.map((language) => join(out, pageOf(language)));
  await Promise.all(pages.map((page, index) => put(page, texts[index] ?? "")));
  return { pages };
}

async function render(spec: string, language: Language): Promise<string> {
  const document = await bundle(spec, language);
  const folder = await mkdtemp(join(tmpdir(), "onepay-docs-"));
  try {
    const input = join(folder, "openapi.json");
    const output = join(folder, "index.html");
    await writeFile(input, JSON.stringify(document));
    const run = await redocly([
      "build-docs",
      input,
      ...["--config", config, "--output", output, "--inlineBundle"],
      `--templateOptions.language=${language}`,
    ]);
    if (run.code !== 0) throw new UserError(`The docs could not be rendered:\n${run.stderr.trim()}`);
    return selfContained(await readFile(output, "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Aside first, then renamed: whoever loads the page meanwhile gets a whole one.
async function put(page: string, text: string): Promise<void> {
  await mkdir(dirname(page), { recursive: true });
  const aside = `${page}.${process.pid}`;
  await writeFile(aside, text);
  await rename(aside, page);
}
