// From the document to the docs: one self-contained page a language, and what stands beside it.
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, UserError } from "../cli.js";
import { bundleOfAll } from "../generate/document.js";
import { inLanguage, type Language, languages } from "../generate/language.js";
import type { Document } from "../generate/openapi.js";
import { redocly } from "../redocly.js";
import { withEvidence } from "./evidence.js";
import { type Guide, readGuides, withGuides } from "./guides.js";
import { inSpanish } from "./labels.js";
import { guideText, llmsText } from "./llms.js";
import { mended } from "./mend.js";
import { barHeight, redocOptions } from "./redoc.js";
import { withRefusals } from "./refusals.js";
import { withSamples } from "./samples.js";
import { unwrapped } from "./text.js";
import { words } from "./words.js";

const template = join(root, "scripts/docs/page.hbs");
// The rules of the root's redocly.yaml are lint's concern, not the docs'.
const config = join(root, "scripts/generate/redocly.yaml");

export interface DocsOptions {
  /** The document; guides and samples are those that stand beside it. @default spec/openapi.yaml */
  spec?: string;
  /** The folder of the pages; what else stands in it is left alone. @default dist/docs */
  out?: string;
}

/** Where the files of a language stand in the folder of the docs. */
export const folderOf = (language: Language): string => (language === "en" ? "" : language);

/** Renders the docs in both languages at once and resolves with the paths of their pages, English first. */
export async function buildDocs({
  spec = join(root, "spec/openapi.yaml"),
  out = join(root, "dist/docs"),
}: DocsOptions = {}): Promise<{ pages: string[] }> {
  const both = await bundleOfAll(spec);
  const made = await Promise.all(
    languages.map((language) => filesOf(inLanguage(both, language), dirname(spec), language)),
  );
  await Promise.all(made.flatMap((files) => [...files].map(([name, text]) => put(join(out, name), text))));
  return { pages: languages.map((language) => join(out, folderOf(language), "index.html")) };
}

/** Every file of a language, by its name in the folder of the docs. */
async function filesOf(document: Document, beside: string, language: Language): Promise<Map<string, string>> {
  const guides = await readGuides(join(beside, "guides"), document, language);
  const [page, { homepage = "" }] = await Promise.all([
    forReaders(document, guides, join(beside, "samples"), language).then((shown) => render(shown, language)),
    packageFile(),
  ]);
  const files = new Map([
    ["index.html", page],
    ["openapi.json", `${JSON.stringify(document, null, 2)}\n`],
    ...guides.map((guide) => [`guides/${guide.slug}.md`, `${guideText(guide, guides).trimEnd()}\n`] as const),
  ]);
  // It tells of this client, so it belongs to the document that the guides belong to, and to no other.
  if (language === "en" && guides.length > 0) {
    files.set("llms.txt", `${llmsText(document, guides, homepage)}\n`);
  }
  return new Map([...files].map(([name, text]) => [join(folderOf(language), name), text]));
}

/** The document as the docs show it. What they add is made here: the document itself holds no word of it. */
export async function forReaders(
  document: Document,
  guides: Guide[],
  samples: string,
  language: Language,
): Promise<Document> {
  const told = withEvidence(withRefusals(unwrapped(document), language), language);
  return withGuides(await withSamples(told, samples, language), guides, language);
}

/** Addresses come from here and from nowhere else. */
const packageFile = async (): Promise<{ homepage?: string; repository: { url: string } }> =>
  JSON.parse(await readFile(join(root, "package.json"), "utf8"));

async function render(document: Document, language: Language): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "onepay-docs-"));
  try {
    const file = (name: string) => join(folder, name);
    await writeFile(file("openapi.json"), JSON.stringify(document));
    await writeFile(file("redoc.json"), JSON.stringify(redocOptions(language)));
    const run = await redocly([
      ...["build-docs", file("openapi.json"), "--output", file("index.html"), "--inlineBundle"],
      ...["--config", config, "--openapi", file("redoc.json")],
      ...["--template", template, ...(await templateOptions(language))],
    ]);
    if (run.code !== 0) throw new UserError(`The docs could not be rendered:\n${run.stderr.trim()}`);
    const page = mended(await readFile(file("index.html"), "utf8"));
    return language === "es" ? inSpanish(page) : page;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the page around Redoc says. */
async function templateOptions(language: Language): Promise<string[]> {
  const { repository } = await packageFile();
  const other = language === "en" ? "es" : "en";
  const values = {
    language,
    other,
    otherPage: language === "en" ? "es/index.html" : "../index.html",
    repository: repository.url.replace(/^git\+/, "").replace(/\.git$/, ""),
    barHeight,
    ...words[language].bar,
  };
  return Object.entries(values).map(([name, value]) => `--templateOptions.${name}=${value}`);
}

// Aside first, then renamed: whoever loads the page meanwhile gets a whole one.
async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, text);
  await rename(aside, file);
}
