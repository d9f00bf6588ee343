// Builds the docs: one self-contained page per language, and files for programs.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../cli.js";
import { bundleOfAll } from "../generate/document.js";
import { inLanguage, type Language, languages } from "../generate/language.js";
import { guideFile, readGuides, withGuides } from "./guides.js";
import { llmsText } from "./llms.js";
import { withAdditions } from "./operations.js";
import { render } from "./redoc.js";

export interface DocsOptions {
  /** The OpenAPI document. Its guides and samples are in the same folder. @default spec/openapi.yaml */
  spec?: string;
  /** The output folder. Other files in it are left alone. @default dist/docs */
  out?: string;
}

/** Renders the docs in both languages and resolves with the paths of their pages, English first. */
export async function buildDocs({
  spec = join(root, "spec/openapi.yaml"),
  out = join(root, "dist/docs"),
}: DocsOptions = {}): Promise<{ pages: string[] }> {
  const bothLanguages = await bundleOfAll(spec);
  // The only place that has our addresses.
  const { homepage, repository } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const repositoryUrl = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");

  const filesIn = async (language: Language): Promise<[path: string, text: string][]> => {
    const document = inLanguage(bothLanguages, language);
    const home = language === "en" ? homepage : `${homepage}${language}/`;
    const samples = join(dirname(spec), "samples");
    const guides = readGuides(join(dirname(spec), "guides"), samples, document, language);
    const shown = withGuides(withAdditions(document, samples, language), guides, language, home);
    const firstPage = guides.length > 0 ? "guide" : "overview";
    const files: Record<string, string> = {
      "index.html": await render(shown, language, { home: firstPage, repositoryUrl }),
      "openapi.json": `${JSON.stringify(document, null, 2)}\n`,
    };
    for (const guide of guides.slice(1)) files[`guides/${guide.slug}.md`] = guideFile(guide, home);
    // It describes this client, so other OpenAPI documents don't get it.
    if (language === "en" && guides.length > 0) files["llms.txt"] = llmsText(document, guides.slice(1), home);
    return Object.entries(files).map(([name, text]) => [join(folderOf(language), name), text]);
  };

  // Nothing is written before both languages are complete.
  const files = (await Promise.all(languages.map(filesIn))).flat();
  await Promise.all(files.map(([path, text]) => replaceFile(join(out, path), text)));
  return { pages: languages.map((language) => join(out, folderOf(language), "index.html")) };
}

/** The folder of a language in the folder of the docs. */
const folderOf = (language: Language): string => (language === "en" ? "" : language);

// Written under another name first, so that a browser never loads half a file.
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}
