// Builds the docs: one self-contained page per language, and files for programs.
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, UserError } from "../cli.js";
import { bundleOfAll } from "../generate/document.js";
import { inLanguage, type Language, languages } from "../generate/language.js";
import type { Document } from "../openapi/document.js";
import { redocly } from "../redocly.js";
import { withClientHeaders } from "./client-headers.js";
import { withEvidence } from "./evidence.js";
import { type Guides, readGuides, withGuides } from "./guides.js";
import { inSpanish } from "./labels.js";
import { guideFile, guideMarkdown, llmsText } from "./llms.js";
import { withNotes } from "./notes.js";
import { withPatches } from "./patches.js";
import { barHeight, redocOptions } from "./redoc.js";
import { withRejectedExamples } from "./rejected-examples.js";
import { withSamples } from "./samples.js";
import { strings } from "./strings.js";

const template = join(root, "scripts/docs/page.hbs");
// Only lint uses the rules of the root's redocly.yaml.
const config = join(root, "scripts/generate/redocly.yaml");

export interface DocsOptions {
  /** The OpenAPI document. Its guides and samples are in the same folder. @default spec/openapi.yaml */
  spec?: string;
  /** The output folder. Other files in it are left alone. @default dist/docs */
  out?: string;
}

/** The folder of a language in the folder of the docs. */
export const folderOf = (language: Language): string => (language === "en" ? "" : language);

/** Renders the docs in both languages and resolves with the paths of their pages, English first. */
export async function buildDocs({
  spec = join(root, "spec/openapi.yaml"),
  out = join(root, "dist/docs"),
}: DocsOptions = {}): Promise<{ pages: string[] }> {
  const bothLanguages = await bundleOfAll(spec);
  const outputs = await Promise.all(
    languages.map((language) => filesOf(inLanguage(bothLanguages, language), dirname(spec), language)),
  );
  await Promise.all(
    outputs.flatMap((files) => [...files].map(([name, text]) => replaceFile(join(out, name), text))),
  );
  return { pages: languages.map((language) => join(out, folderOf(language), "index.html")) };
}

/** Every file of a language, by its name in the folder of the docs. */
async function filesOf(
  document: Document,
  specFolder: string,
  language: Language,
): Promise<Map<string, string>> {
  const samples = join(specFolder, "samples");
  const guides = await readGuides(join(specFolder, "guides"), samples, document, language);
  const home = await homeOf(language);
  const readable = await withDocsTexts(document, guides, samples, language, home);
  const files = new Map([
    ["index.html", await render(readable, language, guides !== undefined)],
    ["openapi.json", `${JSON.stringify(document, null, 2)}\n`],
    ...(guides?.pages ?? []).map((guide) => [`guides/${guide.slug}.md`, guideFile(guide, home)] as const),
  ]);
  // It describes this client, so other OpenAPI documents don't get it.
  if (language === "en" && guides) files.set("llms.txt", `${llmsText(document, guides.pages, home)}\n`);
  return new Map([...files].map(([name, text]) => [join(folderOf(language), name), text]));
}

/** The OpenAPI document with everything that only the docs show. The document itself stays free of it. */
export async function withDocsTexts(
  document: Document,
  guides: Guides | undefined,
  samples: string,
  language: Language,
  home: string,
): Promise<Document> {
  const described = withClientHeaders(
    withEvidence(withNotes(withRejectedExamples(document, language), language), language),
    language,
  );
  const complete = await withSamples(described, samples, language);
  return guides ? withGuides(complete, guides, language, (guide) => guideMarkdown(guide, home)) : complete;
}

/** The address of the docs in a language, with a slash at its end. */
async function homeOf(language: Language): Promise<string> {
  const { homepage = "" } = await packageFile();
  return language === "en" ? homepage : `${homepage}${folderOf(language)}/`;
}

/** The only place that has our addresses. */
const packageFile = async (): Promise<{ homepage?: string; repository: { url: string } }> =>
  JSON.parse(await readFile(join(root, "package.json"), "utf8"));

async function render(document: Document, language: Language, hasGuides: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "onepay-docs-"));
  try {
    const file = (name: string) => join(folder, name);
    await writeFile(file("openapi.json"), JSON.stringify(document));
    await writeFile(file("redoc.json"), JSON.stringify(redocOptions(language)));
    const run = await redocly([
      ...["build-docs", file("openapi.json"), "--output", file("index.html"), "--inlineBundle"],
      ...["--config", config, "--openapi", file("redoc.json")],
      ...["--template", template, ...(await templateOptions(language, hasGuides))],
    ]);
    if (run.code !== 0) throw new UserError(`Redocly can't render the docs:\n${run.stderr.trim()}`);
    const page = withPatches(await readFile(file("index.html"), "utf8"));
    return language === "es" ? inSpanish(page) : page;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The values in page.hbs. */
async function templateOptions(language: Language, hasGuides: boolean): Promise<string[]> {
  const { repository } = await packageFile();
  const other = language === "en" ? "es" : "en";
  const values = {
    language,
    other,
    otherPage: language === "en" ? "es/index.html" : "../index.html",
    repositoryUrl: repository.url.replace(/^git\+/, "").replace(/\.git$/, ""),
    barHeight,
    home: hasGuides ? "guide" : "overview",
    ...strings[language].bar,
  };
  return Object.entries(values).map(([name, value]) => `--templateOptions.${name}=${value}`);
}

// Written under another name first, so that a browser never loads half a file.
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}
