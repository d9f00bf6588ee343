// Renders a page with Redoc. What Redoc has no option for is in patches.ts, labels.ts and page.hbs.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, UserError } from "../cli.js";
import type { Language } from "../generate/language.js";
import type { Document } from "../openapi/document.js";
import { redocly } from "../redocly.js";
import { withTempFolder } from "../temp.js";
import { inSpanish } from "./labels.js";
import { sampleLanguages } from "./operations.js";
import { withPatches } from "./patches.js";
import { strings } from "./strings.js";

/** The height of the bar above the docs, in CSS pixels. Redoc keeps it free when it scrolls to a heading. */
export const barHeight = 48;

/** Renders the document as one page that works offline. */
export const render = (
  document: Document,
  language: Language,
  page: { home: "guide" | "overview"; repositoryUrl: string },
): Promise<string> =>
  withTempFolder("docs", async (folder) => {
    const file = (name: string) => join(folder, name);
    await writeFile(file("openapi.json"), JSON.stringify(document));
    await writeFile(file("redoc.json"), JSON.stringify(redocOptions(language)));
    const values = { ...page, ...barOf(language) };
    const run = await redocly([
      ...["build-docs", file("openapi.json"), "--output", file("index.html"), "--inlineBundle"],
      // Only lint uses the rules of the root's redocly.yaml.
      ...["--config", join(root, "scripts/generate/redocly.yaml"), "--openapi", file("redoc.json")],
      ...["--template", join(root, "scripts/docs/page.hbs")],
      ...Object.entries(values).map(([name, value]) => `--templateOptions.${name}=${value}`),
    ]);
    if (run.code !== 0) throw new UserError(`Redocly can't render the docs:\n${run.stderr.trim()}`);
    const html = withPatches(await readFile(file("index.html"), "utf8"));
    return language === "es" ? inSpanish(html) : html;
  });

const redocOptions = (language: Language) => ({
  codeSamples: { languages: sampleLanguages(language) },
  scrollYOffset: barHeight,
  sortRequiredPropsFirst: true,
  jsonSamplesExpandLevel: "all",
});

/** The values of the bar in page.hbs. */
const barOf = (language: Language) => ({
  language,
  other: language === "en" ? "es" : "en",
  otherPage: language === "en" ? "es/index.html" : "../index.html",
  barHeight,
  ...strings[language].bar,
});
