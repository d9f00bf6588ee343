// Redoc's own settings: everything about its looks that it has an option for.
import type { Language } from "../generate/language.js";
import { sampleLanguages } from "./samples.js";

/** Height of the bar above the docs, in CSS pixels: what Redoc leaves free when it scrolls to a place. */
export const barHeight = 48;

export const redocOptions = (language: Language) => ({
  codeSamples: { languages: sampleLanguages(language) },
  scrollYOffset: barHeight,
  sortRequiredPropsFirst: true,
  jsonSamplesExpandLevel: "all",
});
