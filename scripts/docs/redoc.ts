// Redoc's options. Everything that it has no option for is in patches.ts, labels.ts and page.hbs.
import type { Language } from "../generate/language.js";
import { sampleLanguages } from "./samples.js";

/** The height of the bar above the docs, in CSS pixels. Redoc keeps it free when it scrolls to a heading. */
export const barHeight = 48;

export const redocOptions = (language: Language) => ({
  codeSamples: { languages: sampleLanguages(language) },
  scrollYOffset: barHeight,
  sortRequiredPropsFirst: true,
  jsonSamplesExpandLevel: "all",
});
